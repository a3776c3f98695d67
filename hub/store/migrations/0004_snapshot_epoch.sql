-- A snapshot belongs to an epoch: one that was being made while the epoch changed is of no use to anyone, and a head must never name it.
ALTER TABLE snapshot ADD COLUMN epoch uuid;
UPDATE snapshot SET epoch = (manifest::json ->> 'epoch')::uuid;
ALTER TABLE snapshot ALTER COLUMN epoch SET NOT NULL;
