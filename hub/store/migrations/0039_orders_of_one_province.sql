-- With an order goes the address of the plan that it was made from, and in that what was fixed by hand for facilities of other provinces. A province
-- is given what the papers name, the plan's own number.
CREATE VIEW province_order WITH (security_barrier) AS
	SELECT id, serial, year, from_facility, to_facility, handover, carriage, split_part(plan, ' ', 1) AS plan
	FROM dispatch_order
	WHERE from_facility IN (SELECT read_facilities()) OR to_facility IN (SELECT read_facilities());
