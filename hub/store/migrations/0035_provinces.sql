-- A workstation of one province has a credential of its own and is given nothing of another province. What it is given is read as the
-- role blc_province (made by hub/store/province.ts), which owns nothing: the policies below hold for it whatever is asked. The hub's own
-- account owns the tables and is not held back, since COPY into a table is refused where policies hold.
CREATE TABLE workstation (
	id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL UNIQUE,
	-- Code of the province that it is of.
	province text NOT NULL,
	-- SHA-256 of the credential; who reads the table cannot use it.
	credential bytea NOT NULL,
	made_at bigint NOT NULL,
	-- From then on it is given nothing; the name stays taken.
	revoked_at bigint
);

-- Of which provinces a file speaks; 0: of a place that is not known. A file that is not in it speaks of none yet.
CREATE TABLE file_reach (
	file integer PRIMARY KEY REFERENCES file (id) ON DELETE CASCADE,
	provinces integer[] NOT NULL
);

-- The province of the one who reads; none: 0, which is no area.
CREATE FUNCTION read_province() RETURNS integer LANGUAGE sql STABLE
	AS $$ SELECT coalesce(nullif(current_setting('blc.province', true), ''), '0')::integer $$;

-- Its areas, as core/feed/digest.ts divides: whose nearest area of level 1 or 0 it is.
CREATE FUNCTION read_areas() RETURNS SETOF integer LANGUAGE sql STABLE AS $$
	WITH RECURSIVE inside AS (
		SELECT id FROM area WHERE id = read_province() AND level = 1
		UNION ALL
		SELECT area.id FROM area JOIN inside ON area.parent = inside.id WHERE area.level > 1
	) SELECT id FROM inside
$$;

CREATE FUNCTION read_facilities() RETURNS SETOF integer LANGUAGE sql STABLE
	AS $$ SELECT id FROM facility WHERE area IN (SELECT read_areas()) $$;

ALTER TABLE fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON fact FOR SELECT USING (area IN (SELECT read_areas()));
ALTER TABLE fact_revision ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON fact_revision FOR SELECT USING (area IN (SELECT read_areas()));
ALTER TABLE claim ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON claim FOR SELECT USING (area IN (SELECT read_areas()));

-- Who the warehouses of the nation are has to be known where they give to a province; what lies in them has not.
ALTER TABLE facility ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON facility FOR SELECT
	USING (area IN (SELECT read_areas()) OR area IN (SELECT id FROM area WHERE level = 0));
ALTER TABLE facility_report ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON facility_report FOR SELECT USING (facility IN (SELECT read_facilities()));
ALTER TABLE stock_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON stock_line FOR SELECT USING (facility IN (SELECT read_facilities()));
ALTER TABLE stock_lot ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON stock_lot FOR SELECT USING (facility IN (SELECT read_facilities()));
ALTER TABLE stock_decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON stock_decision FOR SELECT USING (facility IN (SELECT read_facilities()));

ALTER TABLE dispatch_order ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON dispatch_order FOR SELECT
	USING (from_facility IN (SELECT read_facilities()) OR to_facility IN (SELECT read_facilities()));
ALTER TABLE dispatch_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON dispatch_step FOR SELECT USING (order_id IN (SELECT id FROM dispatch_order));

-- Lines that could not be used may say anything of anybody: only those of a file that speaks of this province alone.
ALTER TABLE file_reach ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON file_reach FOR SELECT USING (read_province() = ANY (provinces));
ALTER TABLE quarantine ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON quarantine FOR SELECT
	USING (file IN (SELECT file FROM file_reach WHERE provinces = ARRAY[read_province()]));
-- Read by the view below alone: no policy, no row.
ALTER TABLE file ENABLE ROW LEVEL SECURITY;

ALTER TABLE geography ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON geography FOR SELECT
	USING (id = 'regencies' OR id = (SELECT 'districts-' || code FROM area WHERE area.id = read_province() AND level = 1));

-- A file as one of the provinces that it speaks of may know it: what was remarked of it may name places of the others.
CREATE VIEW province_file WITH (security_barrier) AS
	SELECT id, source, connector, name, sha256, bytes, received_at, as_of, lines, accepted, quarantined, skipped,
		CASE WHEN provinces = ARRAY[read_province()] THEN remarks ELSE '[]' END AS remarks, withdrawals
	FROM file JOIN file_reach ON file = id WHERE read_province() = ANY (provinces);

-- Notes of which provinces files speak that are new, or spoke of nothing or of an unknown place when they were last looked at.
CREATE FUNCTION note_file_reach() RETURNS void LANGUAGE sql AS $$
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
		UNION SELECT file, facility.area FROM facility_report LEFT JOIN facility ON facility.id = facility WHERE file IN (SELECT id FROM todo)
		UNION SELECT file, facility.area FROM stock_line LEFT JOIN facility ON facility.id = facility WHERE file IN (SELECT id FROM todo)
	)
	INSERT INTO file_reach
	SELECT todo.id, coalesce(array_agg(DISTINCT coalesce(place.province, 0)) FILTER (WHERE spoken.file IS NOT NULL), '{}')
	FROM todo LEFT JOIN spoken ON spoken.file = todo.id LEFT JOIN place ON place.id = spoken.area
	GROUP BY todo.id
	ON CONFLICT (file) DO UPDATE SET provinces = excluded.provinces WHERE file_reach.provinces <> excluded.provinces
$$;

-- What lies in another province from now on is found anew.
CREATE FUNCTION forget_file_reach() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		DELETE FROM file_reach;
		RETURN NULL;
	END
$$;
CREATE TRIGGER moved AFTER UPDATE ON area FOR EACH ROW
	WHEN (OLD.parent IS DISTINCT FROM NEW.parent OR OLD.level <> NEW.level) EXECUTE FUNCTION forget_file_reach();
CREATE TRIGGER moved AFTER UPDATE ON facility FOR EACH ROW WHEN (OLD.area <> NEW.area) EXECUTE FUNCTION forget_file_reach();
