-- A source that speaks on days of its own choosing, such as the weekly tables of kecamatan: see core/quality/cadence.ts.
ALTER TABLE source DROP CONSTRAINT source_cadence_check,
	ADD CONSTRAINT source_cadence_check CHECK (cadence IN ('daily', 'on-change', 'irregular', 'once'));
