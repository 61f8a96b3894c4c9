import test from "ava";
import fc from "fast-check";
import { html } from "../../app/html.ts";

test("values are escaped in text and in attributes", (t) => {
  const bad = `<script>alert("x")</script> & 'y'`;
  const good = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;";
  t.is(html`<p title="${bad}">${bad}</p>`.toString(), `<p title="${good}">${good}</p>`);
});

test("markup made by a template is put into another as it is, alone or as a list", (t) => {
  const items = ["a", "<"].map((text) => html`<li>${text}</li>`);
  t.is(html`<ul>${items}</ul>${html`<hr>`}${undefined}${0}`.toString(), "<ul><li>a</li><li>&lt;</li></ul><hr>0");
});

test("no text can open a tag or end an attribute", (t) => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      t.notRegex(html`${text}`.toString(), /[<>"']/);
    }),
  );
});
