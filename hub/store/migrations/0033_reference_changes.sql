-- A note of every change of what files are read by. Which notes one sees is part of the state that one sees: an intake that keeps the reference
-- in memory reads it again where they are others. No counter and no number of a transaction says that: both come again after a rollback, a
-- restored database or a crash.
CREATE TABLE reference_change (id uuid NOT NULL DEFAULT gen_random_uuid());

CREATE FUNCTION note_reference_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO reference_change DEFAULT VALUES;
	RETURN NULL;
END
$$;

CREATE TRIGGER reference_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON area FOR EACH STATEMENT EXECUTE FUNCTION note_reference_change();
CREATE TRIGGER reference_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON code_bridge FOR EACH STATEMENT EXECUTE FUNCTION note_reference_change();
CREATE TRIGGER reference_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON facility FOR EACH STATEMENT EXECUTE FUNCTION note_reference_change();
CREATE TRIGGER reference_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON facility_entry FOR EACH STATEMENT EXECUTE FUNCTION note_reference_change();
CREATE TRIGGER reference_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON item FOR EACH STATEMENT EXECUTE FUNCTION note_reference_change();
-- Other names of facilities count as long as the file that states them is known.
CREATE TRIGGER reference_changed AFTER UPDATE OF withdrawn OR DELETE OR TRUNCATE ON file FOR EACH STATEMENT EXECUTE FUNCTION note_reference_change();
