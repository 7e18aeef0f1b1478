-- Answers of scrapes that may be given again (`maxAge`) are kept like captures, and found by what was asked.
ALTER TABLE captures ADD COLUMN asked bytea;
CREATE INDEX captures_by_what_was_asked ON captures (workspace_id, asked, created_at DESC) WHERE asked IS NOT NULL;
