-- A file of which only the lines of one province could be used speaks of that province alone, and in its quarantine stand the lines of the others.
-- As for a person of a province at a workstation of the country, what was not understood is shown only of a source that never spoke of
-- anything else.

-- Files that speak of the province of the one who reads, and whose source has never spoken of another; asked by the policies, for which there are
-- no others.
CREATE FUNCTION read_own_files() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
	SELECT id FROM file JOIN file_reach ON file_reach.file = id
	WHERE provinces = ARRAY[read_province()] AND source NOT IN (
		SELECT source FROM file JOIN file_reach ON file_reach.file = id WHERE NOT provinces <@ ARRAY[read_province()])
$$;

DROP POLICY province ON quarantine;
CREATE POLICY province ON quarantine FOR SELECT USING (file IN (SELECT read_own_files()));

CREATE OR REPLACE VIEW province_file WITH (security_barrier) AS
	SELECT id, source, connector, name, sha256, bytes, received_at, as_of, lines, accepted, quarantined, skipped,
		CASE WHEN id IN (SELECT read_own_files()) THEN remarks ELSE '[]' END AS remarks, withdrawals
	FROM file JOIN file_reach ON file = id WHERE read_province() = ANY (provinces);

-- A file speaks also of where the patients of its laboratories live, and of the places to which it gives a position.
CREATE OR REPLACE FUNCTION note_file_reach() RETURNS void LANGUAGE sql AS $$
	WITH RECURSIVE place AS (
		SELECT id, id AS province FROM area WHERE level <= 1
		UNION ALL
		SELECT area.id, place.province FROM area JOIN place ON area.parent = place.id WHERE area.level > 1
	), todo AS (
		SELECT id FROM file WHERE NOT EXISTS (
			SELECT FROM file_reach WHERE file_reach.file = file.id AND provinces <> '{}' AND 0 <> ALL (provinces))
	), spoken AS (
		SELECT DISTINCT file, area FROM report WHERE file IN (SELECT id FROM todo)
		UNION SELECT file, area FROM facility_entry WHERE file IN (SELECT id FROM todo)
		UNION SELECT file, area FROM area_position WHERE file IN (SELECT id FROM todo)
		UNION SELECT file, area FROM laboratory_count WHERE area IS NOT NULL AND file IN (SELECT id FROM todo)
		UNION SELECT file, facility.area FROM laboratory_count LEFT JOIN facility ON facility.id = facility WHERE file IN (SELECT id FROM todo)
		UNION SELECT file, facility.area FROM facility_report LEFT JOIN facility ON facility.id = facility WHERE file IN (SELECT id FROM todo)
		UNION SELECT file, facility.area FROM stock_line LEFT JOIN facility ON facility.id = facility WHERE file IN (SELECT id FROM todo)
	)
	INSERT INTO file_reach
	SELECT todo.id, coalesce(array_agg(DISTINCT coalesce(place.province, 0)) FILTER (WHERE spoken.file IS NOT NULL), '{}')
	FROM todo LEFT JOIN spoken ON spoken.file = todo.id LEFT JOIN place ON place.id = spoken.area
	GROUP BY todo.id
	ON CONFLICT (file) DO UPDATE SET provinces = excluded.provinces WHERE file_reach.provinces <> excluded.provinces
$$;
DELETE FROM file_reach;
