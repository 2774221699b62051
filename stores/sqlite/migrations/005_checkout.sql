-- Checkout: its settings, the orders that are recorded, and the questions that are asked.

-- questions at checkout: which edition counts at a place, and every edition that ever did
CREATE TABLE IF NOT EXISTS handfast_question_place (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "edition" INTEGER NOT NULL,
    "current" TEXT NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_question_place_by_place ON handfast_question_place ("company", "place");

CREATE TABLE IF NOT EXISTS handfast_question_edition (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "questions" TEXT NOT NULL CHECK (json_valid("questions")),
    "created" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_question_edition_by_number ON handfast_question_edition ("company", "place", "number");
CREATE INDEX IF NOT EXISTS handfast_question_edition_of_place ON handfast_question_edition ("company", "place", "number", "id");
