-- What an import of boundaries was told beside the differences: more than a terminal shows.
ALTER TABLE boundary_import ADD COLUMN remarks text NOT NULL DEFAULT '[]';
