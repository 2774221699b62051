-- A company's trial has a state, an event can be a partner's, and partners and the e-course come.
ALTER TABLE handfast_company ADD COLUMN "trial" TEXT NOT NULL DEFAULT 'none';
ALTER TABLE handfast_company ADD COLUMN "trial_started" INTEGER;
UPDATE handfast_company SET "trial" = 'running', "trial_started" = "created" WHERE "trial_ends" IS NOT NULL;
ALTER TABLE handfast_event ADD COLUMN "partner" TEXT;

CREATE TABLE IF NOT EXISTS handfast_partner (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "certificate" TEXT,
    "created" INTEGER NOT NULL,
    "opened" INTEGER NOT NULL,
    "referred" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_partner_by_number ON handfast_partner ("number");
CREATE UNIQUE INDEX IF NOT EXISTS handfast_partner_by_slug ON handfast_partner ("slug");

CREATE TABLE IF NOT EXISTS handfast_member (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "partner" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_member_by_login ON handfast_member ("login");
CREATE INDEX IF NOT EXISTS handfast_member_of_partner ON handfast_member ("partner", "id");

CREATE TABLE IF NOT EXISTS handfast_designation (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "partner" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "since" INTEGER NOT NULL,
    "until" INTEGER,
    "era" INTEGER NOT NULL,
    "notice" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_designation_by_company ON handfast_designation ("company");
CREATE INDEX IF NOT EXISTS handfast_designation_by_name ON handfast_designation ("partner", "state", "folded", "id");
CREATE INDEX IF NOT EXISTS handfast_designation_by_age ON handfast_designation ("partner", "state", "since", "id");
CREATE TABLE IF NOT EXISTS handfast_designation_find (
    "partner" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    word TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY ("partner", "state", word, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS handfast_designation_find_id ON handfast_designation_find (id, word);

CREATE TABLE IF NOT EXISTS handfast_delegation (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "partner" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "session" TEXT NOT NULL,
    "era" INTEGER NOT NULL,
    "reason" TEXT,
    "state" TEXT NOT NULL,
    "began" INTEGER NOT NULL,
    "expires" INTEGER NOT NULL,
    "ended" INTEGER,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS handfast_delegation_of_company ON handfast_delegation ("company", "id");
CREATE INDEX IF NOT EXISTS handfast_delegation_of_partner ON handfast_delegation ("partner", "id");

CREATE TABLE IF NOT EXISTS handfast_partner_event (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "partner" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "login" TEXT,
    "company" TEXT,
    "detail" TEXT,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS handfast_partner_event_of_partner ON handfast_partner_event ("partner", "id");

CREATE TABLE IF NOT EXISTS handfast_course (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "place" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "edition" INTEGER NOT NULL,
    "current" TEXT NOT NULL,
    "published" INTEGER NOT NULL,
    "begun" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_course_by_place ON handfast_course ("place");

CREATE TABLE IF NOT EXISTS handfast_course_version (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "previous" INTEGER NOT NULL,
    "course" TEXT NOT NULL CHECK (json_valid("course")),
    "digest" TEXT NOT NULL,
    "published" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_course_version_by_number ON handfast_course_version ("number");

CREATE TABLE IF NOT EXISTS handfast_progress (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "edition" INTEGER NOT NULL,
    "done" TEXT NOT NULL CHECK (json_valid("done")),
    "tallies" TEXT NOT NULL CHECK (json_valid("tallies")),
    "tandem" TEXT,
    "waiting" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_progress_by_account ON handfast_progress ("account");

CREATE TABLE IF NOT EXISTS handfast_signal (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "fields" TEXT NOT NULL CHECK (json_valid("fields")),
    "occurred" INTEGER NOT NULL,
    "received" INTEGER NOT NULL,
    "edition" INTEGER NOT NULL,
    "key" TEXT,
    "completed" TEXT NOT NULL CHECK (json_valid("completed")),
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_signal_by_key ON handfast_signal ("account", "key");
CREATE INDEX IF NOT EXISTS handfast_signal_of_account ON handfast_signal ("account", "id");

CREATE TABLE IF NOT EXISTS handfast_certificate (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "partner" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "edition" INTEGER NOT NULL,
    "issued" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_certificate_by_number ON handfast_certificate ("number");
CREATE UNIQUE INDEX IF NOT EXISTS handfast_certificate_by_partner ON handfast_certificate ("partner");
