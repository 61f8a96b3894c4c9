import test from "ava";
import { parse } from "yaml";
import { cloudConfig } from "../../machines/cloud-config.ts";

const SMALL = {
  packages: ["nginx"],
  files: [
    { path: "/etc/motd", content: "# a 'quoted' \"line\": $HOME\n\n  indented\n" },
    { path: "/usr/local/bin/run", mode: "0755", content: "#!/bin/sh\necho no newline at the end" },
  ],
  commands: [["systemctl", "restart", "nginx"]],
};

test("the text is cloud-config that says what was asked for, to the byte", (t) => {
  const text = cloudConfig(SMALL);
  t.is(text.split("\n")[0], "#cloud-config");
  t.deepEqual(parse(text), {
    packages: ["nginx"],
    write_files: [
      { path: "/etc/motd", permissions: "0644", defer: true, content: "# a 'quoted' \"line\": $HOME\n\n  indented\n" },
      {
        path: "/usr/local/bin/run",
        permissions: "0755",
        defer: true,
        content: "#!/bin/sh\necho no newline at the end",
      },
    ],
    runcmd: [["systemctl", "restart", "nginx"]],
  });
});

test("modes are text, since YAML reads 0644 as a number", (t) => {
  t.regex(cloudConfig(SMALL), /permissions: "0644"/);
});

test("user data may be as large as EC2 takes, and not a byte larger", (t) => {
  const sized = (bytes: number) => ({ ...SMALL, files: [{ path: "/f", content: "x".repeat(bytes) }] });
  const overhead = Buffer.byteLength(cloudConfig(sized(1000))) - 1000;
  t.is(Buffer.byteLength(cloudConfig(sized(16_384 - overhead))), 16_384);
  t.throws(() => cloudConfig(sized(16_385 - overhead)), {
    instanceOf: RangeError,
    message: "user data must be at most 16384 bytes, but is 16385: shorten the files in machines/",
  });
});

test("bytes are counted, not letters", (t) => {
  t.throws(() => cloudConfig({ ...SMALL, files: [{ path: "/f", content: "ü".repeat(9000) }] }), {
    message: /^user data must be at most 16384 bytes, but is 18\d{3}:/,
  });
});

test("where there is no room, comments go, and nothing that does something", (t) => {
  const script = "#!/bin/sh\n# What it is for.\nset -eu\n  # Why.\necho '# not a comment' # nor this\n";
  const files = [
    { path: "/usr/local/bin/run", mode: "0755", content: script },
    { path: "/etc/settings", content: "# All.\nKEY=value\n" },
  ];
  const text = cloudConfig({ ...SMALL, files, dense: true });
  t.is(
    text,
    `#cloud-config
packages:
 - nginx
write_files:
 - path: /usr/local/bin/run
   permissions: "0755"
   defer: true
   content: |
    #!/bin/sh
    set -eu
    echo '# not a comment' # nor this
 - path: /etc/settings
   defer: true
   content: |
    KEY=value
runcmd:
 - - systemctl
   - restart
   - nginx
`,
  );
});
