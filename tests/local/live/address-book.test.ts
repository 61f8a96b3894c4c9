import test from "ava";
import { AddressBook } from "../../../local/live/address-book.ts";

test("addresses come from the end of a subnet, and whoever has one keeps it", (t) => {
  const book = new AddressBook();
  t.is(book.privateAddress("a", "10.0.0.0/24"), "10.0.0.254");
  t.is(book.privateAddress("b", "10.0.0.0/24"), "10.0.0.253");
  t.is(book.privateAddress("a", "10.0.0.0/24"), "10.0.0.254");
  t.is(book.privateAddress("c", "10.0.1.0/24"), "10.0.1.254");
});

test("what the account gives away is nobody else's, also afterwards", (t) => {
  const book = new AddressBook();
  book.reserve(["10.0.0.254"]);
  t.is(book.privateAddress("a", "10.0.0.0/24"), "10.0.0.253");
  book.reserve(["10.0.0.253"]);
  t.is(book.privateAddress("a", "10.0.0.0/24"), "10.0.0.254");
});

test("an address of another subnet is given up", (t) => {
  const book = new AddressBook();
  book.privateAddress("a", "10.0.0.0/24");
  t.is(book.privateAddress("a", "10.0.1.0/24"), "10.0.1.254");
  t.is(book.privateAddress("b", "10.0.0.0/24"), "10.0.0.254");
});

test("AWS's own addresses of a subnet are never given, and a full one says so", (t) => {
  const book = new AddressBook();
  const given = Array.from({ length: 11 }, (_, index) => book.privateAddress(`n${index}`, "10.0.0.16/28"));
  t.is(given.at(0), "10.0.0.30");
  t.is(given.at(-1), "10.0.0.20");
  t.throws(() => book.privateAddress("one-more", "10.0.0.16/28"), {
    message: "The subnet 10.0.0.16/28 has no address left for one-more.",
  });
});

test("addresses of who has gone are given again", (t) => {
  const book = new AddressBook();
  t.is(book.publicAddress("a"), "203.0.113.1");
  t.is(book.publicAddress("b"), "203.0.113.2");
  book.keep(new Set(["b"]));
  t.is(book.publicAddress("c"), "203.0.113.1");
  t.is(book.publicAddress("b"), "203.0.113.2");
});
