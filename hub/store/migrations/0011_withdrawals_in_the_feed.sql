-- Every time during which a file was not known, as the feed carries it: JSON [{"from": day, "to": day | null}], in order. What is asked as
-- known on a day between a withdrawal and the return of the file must not count what the file says.
ALTER TABLE file ADD COLUMN withdrawals text NOT NULL DEFAULT '[]';
UPDATE file SET withdrawals = spells.told FROM (
	SELECT file, jsonb_agg(jsonb_build_object('from', from_day, 'to', to_day) ORDER BY id)::text AS told
	FROM withdrawal WHERE from_day IS DISTINCT FROM to_day GROUP BY file
) AS spells WHERE spells.file = file.id;
