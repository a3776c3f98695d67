-- Where files of sources say that kelurahan lie. The row of the area carries the position of the newest file that is not withdrawn.
CREATE TABLE area_position (
	file integer NOT NULL REFERENCES file (id) ON DELETE CASCADE,
	area integer NOT NULL REFERENCES area (id),
	lat double precision NOT NULL,
	lng double precision NOT NULL,
	PRIMARY KEY (file, area)
);
CREATE INDEX area_position_area ON area_position (area);
