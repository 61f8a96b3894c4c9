/**
 * The command as one that ends with this process, however this process ends, and takes along what it has started and mounted: it is the first process of
 * a process namespace of its own, whose end is the end of all, and mounts in a mount namespace of its own, which goes with its last process. What has to be
 * ended in an orderly way is spawned `detached`, as Ctrl-C reaches all of a terminal's processes otherwise.
 */
export function mortal(command: readonly string[]): [string, string[]] {
  const namespaces = ["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"];
  return ["setpriv", ["--pdeathsig", "KILL", "unshare", ...namespaces, "--", ...command]];
}
