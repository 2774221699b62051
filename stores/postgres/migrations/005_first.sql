CREATE TABLE IF NOT EXISTS "handfast_login" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "email" text COLLATE "C" NOT NULL,
    "address" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "password" text COLLATE "C",
    "verified" bigint,
    "created" bigint NOT NULL,
    "home" uuid,
    "era" bigint NOT NULL,
    "two_factor" boolean NOT NULL,
    "disabled" bigint,
    "locale" text COLLATE "C",
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_login_by_address" ON "handfast_login" ("address");

CREATE TABLE IF NOT EXISTS "handfast_company" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "country" text COLLATE "C" NOT NULL,
    "locale" text COLLATE "C" NOT NULL,
    "time_zone" text COLLATE "C" NOT NULL,
    "trial_ends" bigint,
    "admins" bigint NOT NULL,
    "link" uuid NOT NULL,
    "form" json NOT NULL,
    "created" bigint NOT NULL,
    "invitation_style" text COLLATE "C" NOT NULL,
    "two_factor_required" boolean NOT NULL,
    "trial" text COLLATE "C" NOT NULL,
    "trial_started" bigint,
    "checkout" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("id")
);

CREATE TABLE IF NOT EXISTS "handfast_staff" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "login" uuid NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "email" text COLLATE "C" NOT NULL,
    "role" text COLLATE "C" NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "created" bigint NOT NULL,
    "scope" json NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_staff_by_login" ON "handfast_staff" ("company", "login");
CREATE INDEX IF NOT EXISTS "handfast_staff_of_company" ON "handfast_staff" ("company", "id");
CREATE INDEX IF NOT EXISTS "handfast_staff_of_role" ON "handfast_staff" ("company", "state", "role", "id");
CREATE INDEX IF NOT EXISTS "handfast_staff_of_login" ON "handfast_staff" ("login", "id");

CREATE TABLE IF NOT EXISTS "handfast_price_type" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "folded" text COLLATE "C" NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_price_type_by_name" ON "handfast_price_type" ("company", "folded");
CREATE INDEX IF NOT EXISTS "handfast_price_type_of_company" ON "handfast_price_type" ("company", "folded", "id");

CREATE TABLE IF NOT EXISTS "handfast_carrier" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "folded" text COLLATE "C" NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_carrier_by_name" ON "handfast_carrier" ("company", "folded");
CREATE INDEX IF NOT EXISTS "handfast_carrier_of_company" ON "handfast_carrier" ("company", "folded", "id");

CREATE TABLE IF NOT EXISTS "handfast_invite_link" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "slug" text COLLATE "C" NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "created" bigint NOT NULL,
    "opened" bigint NOT NULL,
    "verified" bigint NOT NULL,
    "submitted" bigint NOT NULL,
    "approved" bigint NOT NULL,
    "activated" bigint NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_invite_link_by_slug" ON "handfast_invite_link" ("slug");
CREATE INDEX IF NOT EXISTS "handfast_invite_link_of_company" ON "handfast_invite_link" ("company", "id");

CREATE TABLE IF NOT EXISTS "handfast_visit" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "link" uuid NOT NULL,
    "email" text COLLATE "C" NOT NULL,
    "address" text COLLATE "C" NOT NULL,
    "locale" text COLLATE "C" NOT NULL,
    "pass" text COLLATE "C",
    "pass_expires" bigint,
    "request" uuid,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_visit_by_address" ON "handfast_visit" ("company", "address");
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_visit_by_pass" ON "handfast_visit" ("pass");

CREATE TABLE IF NOT EXISTS "handfast_request" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "visit" uuid NOT NULL,
    "link" uuid NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "email" text COLLATE "C" NOT NULL,
    "open" text COLLATE "C",
    "locale" text COLLATE "C" NOT NULL,
    "legal_name" text COLLATE "C" NOT NULL,
    "trade_name" text COLLATE "C",
    "contact" text COLLATE "C" NOT NULL,
    "phone" text COLLATE "C" NOT NULL,
    "billing" json NOT NULL,
    "shipping" json,
    "tax_id" text COLLATE "C",
    "website" text COLLATE "C",
    "message" text COLLATE "C",
    "answers" json NOT NULL,
    "submitted" bigint NOT NULL,
    "expires" bigint NOT NULL,
    "decided" bigint,
    "decided_by" uuid,
    "reason" text COLLATE "C",
    "note" text COLLATE "C",
    "customer" uuid,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_request_open_of" ON "handfast_request" ("company", "open");
CREATE INDEX IF NOT EXISTS "handfast_request_of_state" ON "handfast_request" ("company", "state", "submitted", "id");
CREATE INDEX IF NOT EXISTS "handfast_request_waiting" ON "handfast_request" ("state", "expires", "id");
CREATE INDEX IF NOT EXISTS "handfast_request_of_visit" ON "handfast_request" ("visit", "id");

CREATE TABLE IF NOT EXISTS "handfast_customer" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "request" uuid,
    "link" uuid,
    "state" text COLLATE "C" NOT NULL,
    "email" text COLLATE "C" NOT NULL,
    "address" text COLLATE "C" NOT NULL,
    "locale" text COLLATE "C" NOT NULL,
    "legal_name" text COLLATE "C" NOT NULL,
    "trade_name" text COLLATE "C",
    "contact" text COLLATE "C" NOT NULL,
    "phone" text COLLATE "C",
    "billing" json,
    "shipping" json,
    "tax_id" text COLLATE "C",
    "website" text COLLATE "C",
    "price_type" uuid,
    "markup" numeric,
    "credit_limit" numeric,
    "minimum_order" numeric,
    "tax_exempt" boolean NOT NULL,
    "notes" text COLLATE "C",
    "extra" json NOT NULL,
    "service" json NOT NULL,
    "ready" bigint,
    "created" bigint NOT NULL,
    "department" uuid,
    "number" text COLLATE "C",
    "number_key" text COLLATE "C",
    "tags" json NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_customer_by_address" ON "handfast_customer" ("company", "address");
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_customer_by_number" ON "handfast_customer" ("company", "number_key");
CREATE INDEX IF NOT EXISTS "handfast_customer_of_company" ON "handfast_customer" ("company", "legal_name", "id");
CREATE INDEX IF NOT EXISTS "handfast_customer_of_state" ON "handfast_customer" ("company", "state", "legal_name", "id");
CREATE INDEX IF NOT EXISTS "handfast_customer_of_department" ON "handfast_customer" ("company", "department", "legal_name", "id");
CREATE INDEX IF NOT EXISTS "handfast_customer_of_department_state" ON "handfast_customer" ("company", "department", "state", "legal_name", "id");
CREATE TABLE IF NOT EXISTS "handfast_customer_find" (
    "company" uuid NOT NULL,
    word text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    PRIMARY KEY ("company", word, id)
);
CREATE INDEX IF NOT EXISTS "handfast_customer_find_id" ON "handfast_customer_find" (id, word);

CREATE TABLE IF NOT EXISTS "handfast_association" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "customer" uuid NOT NULL,
    "login" uuid NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "email" text COLLATE "C" NOT NULL,
    "login_name" text COLLATE "C",
    "folded" text COLLATE "C",
    "notes" text COLLATE "C",
    "state" text COLLATE "C" NOT NULL,
    "created" bigint NOT NULL,
    "expires" bigint NOT NULL,
    "decided" bigint,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_association_by_user" ON "handfast_association" ("customer", "login");
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_association_by_login_name" ON "handfast_association" ("company", "folded");
CREATE INDEX IF NOT EXISTS "handfast_association_of_state" ON "handfast_association" ("company", "state", "id");
CREATE INDEX IF NOT EXISTS "handfast_association_of_customer" ON "handfast_association" ("customer", "id");
CREATE INDEX IF NOT EXISTS "handfast_association_of_login" ON "handfast_association" ("login", "id");
CREATE INDEX IF NOT EXISTS "handfast_association_waiting" ON "handfast_association" ("state", "expires", "id");

CREATE TABLE IF NOT EXISTS "handfast_session" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "token" text COLLATE "C" NOT NULL,
    "login" uuid NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "created" bigint NOT NULL,
    "seen" bigint NOT NULL,
    "expires" bigint NOT NULL,
    "device" text COLLATE "C",
    "place" text COLLATE "C",
    "current" uuid NOT NULL,
    "identities" json NOT NULL,
    "adding" json,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_session_by_token" ON "handfast_session" ("token");
CREATE INDEX IF NOT EXISTS "handfast_session_of_login" ON "handfast_session" ("login", "state", "id");

CREATE TABLE IF NOT EXISTS "handfast_login_event" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "login" uuid NOT NULL,
    "at" bigint NOT NULL,
    "what" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("id")
);
CREATE INDEX IF NOT EXISTS "handfast_login_event_of_login" ON "handfast_login_event" ("login", "id");

CREATE TABLE IF NOT EXISTS "handfast_address_change" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "login" uuid NOT NULL,
    "email" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_address_change_by_login" ON "handfast_address_change" ("login");

CREATE TABLE IF NOT EXISTS "handfast_two_factor" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "login" uuid NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "seed" text COLLATE "C",
    "next_seed" text COLLATE "C",
    "expires" bigint,
    "step" bigint NOT NULL,
    "codes" bigint NOT NULL,
    "since" bigint,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_two_factor_by_login" ON "handfast_two_factor" ("login");

CREATE TABLE IF NOT EXISTS "handfast_recovery_code" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "login" uuid NOT NULL,
    "place" bigint NOT NULL,
    "digest" text COLLATE "C" NOT NULL,
    "used" bigint,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_recovery_code_by_place" ON "handfast_recovery_code" ("login", "place");
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_recovery_code_by_digest" ON "handfast_recovery_code" ("digest");

CREATE TABLE IF NOT EXISTS "handfast_one_use" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "slot" text COLLATE "C" NOT NULL,
    "purpose" text COLLATE "C" NOT NULL,
    "digest" text COLLATE "C" NOT NULL,
    "subject" uuid NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "tries" bigint NOT NULL,
    "expires" bigint NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_one_use_by_slot" ON "handfast_one_use" ("slot");
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_one_use_by_digest" ON "handfast_one_use" ("digest");

CREATE TABLE IF NOT EXISTS "handfast_limit" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "scope" text COLLATE "C" NOT NULL,
    "count" bigint NOT NULL,
    "since" bigint NOT NULL,
    "latest" bigint NOT NULL,
    "until" bigint,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_limit_by_scope" ON "handfast_limit" ("scope");

CREATE TABLE IF NOT EXISTS "handfast_replay" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    "row" uuid NOT NULL,
    "asked" text COLLATE "C" NOT NULL,
    "answer" json NOT NULL,
    "at" bigint NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_replay_by_key" ON "handfast_replay" ("company", "key", "row");

CREATE TABLE IF NOT EXISTS "handfast_event" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "at" bigint NOT NULL,
    "what" text COLLATE "C" NOT NULL,
    "doer" text COLLATE "C" NOT NULL,
    "login" uuid,
    "on_behalf_of" uuid,
    "address" text COLLATE "C",
    "subject_kind" text COLLATE "C" NOT NULL,
    "subject" uuid NOT NULL,
    "before" json,
    "after" json,
    "partner" uuid,
    "customer" uuid,
    PRIMARY KEY ("id")
);
CREATE INDEX IF NOT EXISTS "handfast_event_of_company" ON "handfast_event" ("company", "id");
CREATE INDEX IF NOT EXISTS "handfast_event_of_subject" ON "handfast_event" ("company", "subject", "id");
CREATE INDEX IF NOT EXISTS "handfast_event_of_login" ON "handfast_event" ("company", "login", "id");
CREATE INDEX IF NOT EXISTS "handfast_event_of_customer" ON "handfast_event" ("company", "customer", "id");

CREATE TABLE IF NOT EXISTS "handfast_mail" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid,
    "kind" text COLLATE "C" NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "recipient" text COLLATE "C",
    "recipient_name" text COLLATE "C",
    "audience" text COLLATE "C",
    "locale" text COLLATE "C" NOT NULL,
    "content" json NOT NULL,
    "sealed" text COLLATE "C",
    "created" bigint NOT NULL,
    "due" bigint NOT NULL,
    "attempts" bigint NOT NULL,
    "failure" text COLLATE "C",
    "settled" bigint,
    "address" text COLLATE "C",
    PRIMARY KEY ("id")
);
CREATE INDEX IF NOT EXISTS "handfast_mail_of_state" ON "handfast_mail" ("state", "due", "id");
CREATE INDEX IF NOT EXISTS "handfast_mail_of_company" ON "handfast_mail" ("company", "id");
CREATE INDEX IF NOT EXISTS "handfast_mail_of_address" ON "handfast_mail" ("address", "id");

CREATE TABLE IF NOT EXISTS "handfast_partner" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "number" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "locale" text COLLATE "C" NOT NULL,
    "slug" text COLLATE "C" NOT NULL,
    "owner" uuid NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "standing" text COLLATE "C" NOT NULL,
    "certificate" uuid,
    "created" bigint NOT NULL,
    "opened" bigint NOT NULL,
    "referred" bigint NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_partner_by_number" ON "handfast_partner" ("number");
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_partner_by_slug" ON "handfast_partner" ("slug");

CREATE TABLE IF NOT EXISTS "handfast_member" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "partner" uuid NOT NULL,
    "login" uuid NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "email" text COLLATE "C" NOT NULL,
    "created" bigint NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_member_by_login" ON "handfast_member" ("login");
CREATE INDEX IF NOT EXISTS "handfast_member_of_partner" ON "handfast_member" ("partner", "id");

CREATE TABLE IF NOT EXISTS "handfast_designation" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "partner" uuid NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "origin" text COLLATE "C" NOT NULL,
    "since" bigint NOT NULL,
    "until" bigint,
    "era" bigint NOT NULL,
    "notice" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "folded" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_designation_by_company" ON "handfast_designation" ("company");
CREATE INDEX IF NOT EXISTS "handfast_designation_by_name" ON "handfast_designation" ("partner", "state", "folded", "id");
CREATE INDEX IF NOT EXISTS "handfast_designation_by_age" ON "handfast_designation" ("partner", "state", "since", "id");
CREATE TABLE IF NOT EXISTS "handfast_designation_find" (
    "partner" uuid NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    word text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    PRIMARY KEY ("partner", "state", word, id)
);
CREATE INDEX IF NOT EXISTS "handfast_designation_find_id" ON "handfast_designation_find" (id, word);

CREATE TABLE IF NOT EXISTS "handfast_delegation" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "partner" uuid NOT NULL,
    "login" uuid NOT NULL,
    "session" uuid NOT NULL,
    "era" bigint NOT NULL,
    "reason" text COLLATE "C",
    "state" text COLLATE "C" NOT NULL,
    "began" bigint NOT NULL,
    "expires" bigint NOT NULL,
    "ended" bigint,
    PRIMARY KEY ("id")
);
CREATE INDEX IF NOT EXISTS "handfast_delegation_of_company" ON "handfast_delegation" ("company", "id");
CREATE INDEX IF NOT EXISTS "handfast_delegation_of_partner" ON "handfast_delegation" ("partner", "id");

CREATE TABLE IF NOT EXISTS "handfast_partner_event" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "partner" uuid NOT NULL,
    "at" bigint NOT NULL,
    "what" text COLLATE "C" NOT NULL,
    "login" uuid,
    "company" uuid,
    "detail" text COLLATE "C",
    PRIMARY KEY ("id")
);
CREATE INDEX IF NOT EXISTS "handfast_partner_event_of_partner" ON "handfast_partner_event" ("partner", "id");

CREATE TABLE IF NOT EXISTS "handfast_course" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "place" text COLLATE "C" NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    "edition" bigint NOT NULL,
    "current" uuid NOT NULL,
    "published" bigint NOT NULL,
    "begun" bigint NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_course_by_place" ON "handfast_course" ("place");

CREATE TABLE IF NOT EXISTS "handfast_course_version" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "number" bigint NOT NULL,
    "previous" bigint NOT NULL,
    "course" json NOT NULL,
    "digest" text COLLATE "C" NOT NULL,
    "published" bigint NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_course_version_by_number" ON "handfast_course_version" ("number");

CREATE TABLE IF NOT EXISTS "handfast_progress" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "account" uuid NOT NULL,
    "side" text COLLATE "C" NOT NULL,
    "edition" bigint NOT NULL,
    "done" json NOT NULL,
    "tallies" json NOT NULL,
    "tandem" uuid,
    "waiting" bigint NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_progress_by_account" ON "handfast_progress" ("account");

CREATE TABLE IF NOT EXISTS "handfast_signal" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "account" uuid NOT NULL,
    "side" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "fields" json NOT NULL,
    "occurred" bigint NOT NULL,
    "received" bigint NOT NULL,
    "edition" bigint NOT NULL,
    "key" text COLLATE "C",
    "completed" json NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_signal_by_key" ON "handfast_signal" ("account", "key");
CREATE INDEX IF NOT EXISTS "handfast_signal_of_account" ON "handfast_signal" ("account", "id");

CREATE TABLE IF NOT EXISTS "handfast_certificate" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "number" text COLLATE "C" NOT NULL,
    "partner" uuid NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "edition" bigint NOT NULL,
    "issued" bigint NOT NULL,
    "digest" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_certificate_by_number" ON "handfast_certificate" ("number");
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_certificate_by_partner" ON "handfast_certificate" ("partner");

CREATE TABLE IF NOT EXISTS "handfast_department" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "folded" text COLLATE "C" NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "checkout" text COLLATE "C",
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_department_by_name" ON "handfast_department" ("company", "folded");
CREATE INDEX IF NOT EXISTS "handfast_department_of_company" ON "handfast_department" ("company", "folded", "id");

CREATE TABLE IF NOT EXISTS "handfast_tag" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "folded" text COLLATE "C" NOT NULL,
    "customers" bigint NOT NULL,
    "created" bigint NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "merged_into" uuid,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_tag_by_name" ON "handfast_tag" ("company", "folded");
CREATE INDEX IF NOT EXISTS "handfast_tag_of_state" ON "handfast_tag" ("company", "state", "folded", "id");

CREATE TABLE IF NOT EXISTS "handfast_tag_run" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "key" text COLLATE "C" NOT NULL,
    "tag" uuid NOT NULL,
    "change" text COLLATE "C" NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "matched" bigint NOT NULL,
    "changed" bigint NOT NULL,
    "unchanged" bigint NOT NULL,
    "refused" bigint NOT NULL,
    "after" text COLLATE "C",
    "undone" bigint NOT NULL,
    "kept" bigint NOT NULL,
    "created" bigint NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_tag_run_by_key" ON "handfast_tag_run" ("company", "key");

CREATE TABLE IF NOT EXISTS "handfast_tag_mark" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "run" uuid NOT NULL,
    "customer" uuid NOT NULL,
    PRIMARY KEY ("id")
);
CREATE INDEX IF NOT EXISTS "handfast_tag_mark_of_run" ON "handfast_tag_mark" ("run", "id");

CREATE TABLE IF NOT EXISTS "handfast_order" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "department" uuid,
    "number" text COLLATE "C" NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "customer" uuid,
    "email" text COLLATE "C" NOT NULL,
    "address" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "amount" numeric NOT NULL,
    "currency" text COLLATE "C" NOT NULL,
    "placed" bigint NOT NULL,
    "lines" text COLLATE "C",
    "answers" json NOT NULL,
    "recorded" bigint NOT NULL,
    "asked" text COLLATE "C" NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_order_by_number" ON "handfast_order" ("company", "number");
CREATE INDEX IF NOT EXISTS "handfast_order_of_company" ON "handfast_order" ("company", "placed", "id");
CREATE INDEX IF NOT EXISTS "handfast_order_of_department" ON "handfast_order" ("company", "department", "placed", "id");
CREATE INDEX IF NOT EXISTS "handfast_order_of_customer" ON "handfast_order" ("customer", "placed", "id");
CREATE INDEX IF NOT EXISTS "handfast_order_of_address" ON "handfast_order" ("company", "state", "address", "placed", "id");
CREATE TABLE IF NOT EXISTS "handfast_order_find" (
    "company" uuid NOT NULL,
    word text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    PRIMARY KEY ("company", word, id)
);
CREATE INDEX IF NOT EXISTS "handfast_order_find_id" ON "handfast_order_find" (id, word);

CREATE TABLE IF NOT EXISTS "handfast_order_total" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "customer" uuid NOT NULL,
    "place" uuid NOT NULL,
    "department" uuid,
    "currency" text COLLATE "C" NOT NULL,
    "orders" bigint NOT NULL,
    "units" bigint NOT NULL,
    "parts" bigint NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_order_total_by_place" ON "handfast_order_total" ("customer", "place", "currency");
CREATE INDEX IF NOT EXISTS "handfast_order_total_of_customer" ON "handfast_order_total" ("customer", "currency", "id");

CREATE TABLE IF NOT EXISTS "handfast_question_place" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "place" uuid NOT NULL,
    "edition" bigint NOT NULL,
    "current" uuid NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_question_place_by_place" ON "handfast_question_place" ("company", "place");

CREATE TABLE IF NOT EXISTS "handfast_question_edition" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid NOT NULL,
    "place" uuid NOT NULL,
    "number" bigint NOT NULL,
    "questions" json NOT NULL,
    "created" bigint NOT NULL,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_question_edition_by_number" ON "handfast_question_edition" ("company", "place", "number");
CREATE INDEX IF NOT EXISTS "handfast_question_edition_of_place" ON "handfast_question_edition" ("company", "place", "number", "id");

CREATE TABLE IF NOT EXISTS "handfast_erasure" (
    "id" uuid NOT NULL,
    version bigint NOT NULL,
    "company" uuid,
    "login" uuid,
    "address" text COLLATE "C",
    "state" text COLLATE "C" NOT NULL,
    "by" uuid,
    "began" bigint NOT NULL,
    "ended" bigint,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_erasure_by_address" ON "handfast_erasure" ("company", "address");
CREATE UNIQUE INDEX IF NOT EXISTS "handfast_erasure_by_login" ON "handfast_erasure" ("login");
CREATE INDEX IF NOT EXISTS "handfast_erasure_of_company" ON "handfast_erasure" ("company", "id");
