/// <reference lib="esnext.disposable" />

import type { Copied, ErrorCategory, ErrorCode, Groups, LogLevel, Message, Settings } from './generated/contract.js';

export * from './generated/contract.js';

/** How a handle is set up; everything has a default. */
export interface OpenOptions extends Settings {
  /** A clock that a test sets; the system's unless told. */
  clock?: ManualClock | undefined;
  /** Hears what the library says while it works. What it throws becomes a warning of the process. */
  logger?: ((line: LogLine) => void) | undefined;
}

/** A line of the log. It holds no secret and nothing that a person typed. */
export interface LogLine {
  /** How much it matters. */
  level: LogLevel;
  /** The part of the library that says it. */
  target: string;
  /** What it says, with its values: `done operation=invites.open`. */
  message: string;
}

/** The library, open on a store: one handle for the whole program, used from everywhere in it. */
export interface Handfast extends Groups {}

export class Handfast implements Disposable, AsyncDisposable {
  private constructor();

  /**
   * Opens the library on `memory:`, on the SQLite file `sqlite:shop.db`, on the SQLite file of that path, or on the
   * PostgreSQL database at `postgres://user@host/shop`, which needs a `rootKey`. A file is made when there is none.
   * @throws {HandfastError} `not_a_database`, `bad_key`, `invalid_input` (policy, brand), `newer_schema`, the store's own
   */
  static open(url: string, options?: OpenOptions): Promise<Handfast>;
  /** The same at once: holds up the thread while the file is opened. */
  static openSync(url: string, options?: OpenOptions): Handfast;

  /**
   * Copies all that the library holds to another database: a file, or `postgres://user@host/shop`. It must be empty or an
   * earlier copy, of which what differs is written, so a copy that was cut short is called again. The library may be used
   * meanwhile, the other database by nobody.
   *
   * With `live`, while others write, nothing is verified. Once they have stopped, call it again without: both databases
   * are compared in the end, row by row. Open the copy with the same root key: it is in neither database.
   *
   * `progress` hears how many rows are done, of how many; until the verification begins, of as many as were read.
   * @throws {HandfastError} `not_a_database`, `not_a_copy`, `copy_differs`, `newer_schema`, the stores' own
   */
  copyTo(url: string, options?: { live?: boolean | undefined; progress?: Progress | undefined }): Promise<Copied>;

  /** Ends it: calls that are under way finish, later ones are refused with `closed`. Closing twice does nothing. */
  close(): void;
  /** Panics inside the library, for a host that wants to see that it survives: always refused with `internal`. */
  provokePanic(): Promise<never>;
  /** Closes it at the end of a `using`. */
  [Symbol.dispose](): void;
  /** Closes it at the end of an `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A clock that stands still until it is set: for tests. */
export class ManualClock {
  /** A clock that shows `at`; now unless told. */
  constructor(at?: Date);
  /** What it shows. */
  now(): Date;
  /** Sets it. A handle does not believe a clock that goes back. */
  set(at: Date): void;
  /** Lets time pass, in milliseconds. */
  advance(milliseconds: number): void;
}

/** Which page of a list, and how long. */
export interface Paging {
  /** The `next` of the page before; the first page unless told. */
  cursor?: string | null | undefined;
  /** 1 to 500 items; 50 unless told. What lies outside is taken as the nearest. */
  limit?: number | null | undefined;
}

/** Some items of a list. Iterating gives them and those of all pages that follow, read as they are needed. */
export interface Page<Item> extends AsyncIterable<Item> {
  /** The items of this page, in the order of the list. */
  readonly items: Item[];
  /** The cursor of the next page; none when this was the last. */
  readonly next: string | null;
}

/** The same, read at once. */
export interface SyncPage<Item> extends Iterable<Item> {
  /** The items of this page, in the order of the list. */
  readonly items: Item[];
  /** The cursor of the next page; none when this was the last. */
  readonly next: string | null;
}

/**
 * A list, read when it is used: `await` gives a page, `for await` all items of all pages.
 *
 * ```ts
 * const page = await hf.customers.list(ada, { limit: 10 });
 * for await (const customer of hf.customers.list(ada)) console.log(customer.legalName);
 * ```
 */
export interface Pages<Item> extends Promise<Page<Item>>, AsyncIterable<Item> {}

/**
 * Sends a mail. When it returns, the mail is sent; when it throws, the mail stays in the outbox and is tried again, and
 * what was thrown stands in `Delivery.failures`. It may call the handle.
 */
export type Mailer = (message: Message) => void | Promise<void>;

/** Thrown by a mailer, to say that a mail should never be tried again. */
export class MailRejected extends Error {
  constructor(message: string, options?: ErrorOptions & { permanent?: boolean });
  /** Whether trying again makes no sense. */
  readonly permanent: boolean;
}

/** Hears, as rows are done, how many are, of how many. What it throws is thrown to the caller when all is done. */
export type Progress = (done: number, total: number) => void;

/** What is wrong with one field. */
export interface FieldFault {
  /** The field, with a path for nested ones: `billing.postalCode`, `answers.colour`. */
  field: string;
  /** What is wrong. */
  code: ErrorCode;
  /** The same for a person: reads on after the field's name. */
  message: string;
}

/** Whatever handfast refuses. A program decides by `code`, or by the subclass of a whole category. */
export class HandfastError extends Error {
  constructor(refusal: {
    code: ErrorCode;
    category: ErrorCategory;
    retryable: boolean;
    message: string;
    faults?: FieldFault[];
    retryAfter?: number | null;
  });
  /** What went wrong. Keeps its name and its meaning. */
  readonly code: ErrorCode;
  /** The family of the code. */
  readonly category: ErrorCategory;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  readonly details: {
    /** Every fault of an `invalid_input`, field by field. */
    readonly faults: readonly FieldFault[];
    /** After how many milliseconds trying again makes sense, where that is known. */
    readonly retryAfter: number | null;
  };
  /** All of it but the stack, as plain data. */
  toJSON(): object;
}

/** Something in the input is wrong. */
export class InvalidError extends HandfastError {}
/** Who acts did not prove it. */
export class UnauthenticatedError extends HandfastError {}
/** Who acts may not. */
export class ForbiddenError extends HandfastError {}
/** It is not there. */
export class NotFoundError extends HandfastError {}
/** It does not fit what is there. */
export class ConflictError extends HandfastError {}
/** It was good once. */
export class ExpiredError extends HandfastError {}
/** It was asked too often. */
export class RateLimitedError extends HandfastError {}
/** It cannot be done now. */
export class UnavailableError extends HandfastError {}
/** The library made a mistake, or its data were changed by others. */
export class InternalError extends HandfastError {}
