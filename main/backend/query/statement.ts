import type Database from "better-sqlite3";

const prepared = new WeakMap<
	Database.Database,
	Map<string, Database.Statement>
>();

/** The prepared statement of an SQL text, compiled once for each open database. */
export function statement(
	db: Database.Database,
	sql: string,
): Database.Statement {
	let statements = prepared.get(db);
	if (!statements) {
		statements = new Map();
		prepared.set(db, statements);
	}
	let found = statements.get(sql);
	if (!found) {
		found = db.prepare(sql);
		statements.set(sql, found);
	}
	return found;
}
