-- Which transactions changed what files are read by: an intake that keeps it in memory asks whether there is one that it has not seen.
CREATE TABLE reference_change (
	xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
	at timestamptz NOT NULL DEFAULT now()
);

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
