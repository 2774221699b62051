'use strict';

/** Some items of a list, and the way to the next ones. */
class Page {
  #read;

  constructor({ items, next }, read) {
    this.items = items;
    this.next = next;
    this.#read = read;
  }

  /** The items of this page and of all that follow it. */
  async *[Symbol.asyncIterator]() {
    yield* this.items;
    let { next } = this;
    while (next !== null) {
      const page = await this.#read(next);
      yield* page.items;
      ({ next } = page);
    }
  }
}

/** The same, read at once. */
class SyncPage {
  #read;

  constructor({ items, next }, read) {
    this.items = items;
    this.next = next;
    this.#read = read;
  }

  /** The items of this page and of all that follow it. */
  *[Symbol.iterator]() {
    yield* this.items;
    let { next } = this;
    while (next !== null) {
      const page = this.#read(next);
      yield* page.items;
      ({ next } = page);
    }
  }
}

/** A list that is read when it is awaited, for its first page, or iterated, for all of them. */
class Pages {
  #read;
  #cursor;
  #first;

  constructor(read, cursor) {
    this.#read = read;
    this.#cursor = cursor;
  }

  async #page() {
    return new Page(await this.#read(this.#cursor), this.#read);
  }

  then(fulfilled, rejected) {
    this.#first ??= this.#page();
    return this.#first.then(fulfilled, rejected);
  }

  catch(rejected) {
    return this.then(undefined, rejected);
  }

  finally(settled) {
    this.#first ??= this.#page();
    return this.#first.finally(settled);
  }

  async *[Symbol.asyncIterator]() {
    yield* await this;
  }

  get [Symbol.toStringTag]() {
    return 'Pages';
  }
}

module.exports = { Page, Pages, SyncPage };
