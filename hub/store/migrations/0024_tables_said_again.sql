-- A table of one moment that says of everything what another table of its source says is the same one again, whatever day it was given, and in
-- whatever order they came: the one of the earliest day is heard, the others are withdrawn from their own day on.

-- Hash of all that the file says, its day left out; null where it is no table of one moment, or where a person wants it heard beside its likes.
ALTER TABLE file ADD COLUMN says text;
CREATE INDEX file_says ON file (source, says);
-- The file that says the same; null where a person withdrew it.
ALTER TABLE withdrawal ADD COLUMN repeats integer;

UPDATE file SET says = (
	SELECT md5(string_agg(area || ' ' || stated, E'\n' ORDER BY area, stated::text)) FROM report WHERE report.file = file.id
) WHERE connector = 'blc-kecamatan' AND accepted > 0;
UPDATE file SET says = (
	SELECT md5(string_agg(said, E'\n' ORDER BY said)) FROM (
		SELECT jsonb_strip_nulls(to_jsonb(report) - '{month,day,as_of,file}'::text[])::text AS said
		FROM facility_report AS report WHERE report.file = file.id
	) AS rows HAVING count(*) >= 20
) WHERE connector = 'siranap' AND accepted > 0;
