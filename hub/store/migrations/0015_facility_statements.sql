-- What is said of facilities: who they are, from files as anything else, and their days as statements that are only ever added.

ALTER TABLE facility
	ADD COLUMN referral integer NOT NULL DEFAULT 0,
	ADD COLUMN position_source integer REFERENCES source (id),
	ADD COLUMN beds text NOT NULL DEFAULT '{}',
	DROP CONSTRAINT facility_kind_check,
	ADD CONSTRAINT facility_kind_check CHECK (kind IN ('hospital', 'laboratory', 'warehouse'));

-- A code keeps its number, also while every file that names it is withdrawn: reports speak of the number.
CREATE TABLE facility_number (
	code text PRIMARY KEY,
	id integer NOT NULL UNIQUE
);
INSERT INTO facility_number SELECT code, id FROM facility;

-- What a file says of who a facility is; empty: nothing. A row of `facility` is made of them.
CREATE TABLE facility_entry (
	file integer NOT NULL REFERENCES file (id),
	line integer NOT NULL,
	code text NOT NULL,
	as_of integer NOT NULL,
	kind text,
	name text,
	area integer REFERENCES area (id),
	class text,
	referral integer,
	lat double precision,
	lng double precision,
	beds text,
	PRIMARY KEY (file, line)
);
CREATE INDEX facility_entry_code ON facility_entry (code);

ALTER TABLE facility_report
	DROP CONSTRAINT facility_report_pkey,
	ADD COLUMN isolation_beds integer,
	ADD COLUMN isolation_occupied integer,
	ADD COLUMN patients_mild integer,
	ADD COLUMN patients_moderate integer,
	ADD COLUMN patients_severe integer,
	ADD COLUMN patients_critical integer,
	ADD COLUMN emergency_free integer,
	ADD COLUMN emergency_queue integer,
	ADD COLUMN class1_free integer,
	ADD COLUMN class2_free integer,
	ADD COLUMN class3_free integer,
	ADD COLUMN positives integer;
INSERT INTO facility_report (
	month, facility, day, as_of, file, beds, beds_occupied, icu_beds, icu_occupied, ventilators, ventilators_used, patients_confirmed,
	admissions, stock_gown, stock_respirator, stock_mask, stock_gloves, stock_face_shield, stock_oxygen_m3, capacity, specimens_received,
	tests_done, backlog, stock_reagent, stock_vtm
) SELECT * FROM facility_report_replaced;
DROP TABLE facility_report_replaced;
ALTER TABLE facility_report ADD PRIMARY KEY (month, day, facility, as_of, file);
