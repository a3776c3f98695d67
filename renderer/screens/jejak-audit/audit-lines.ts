import type { AuditRow } from "../../../core/api/audit.ts";
import { type Cell, csvText } from "../../../core/writing/csv.ts";
import type { AuditFilter } from "./search.ts";
import type { TrailWords } from "./trail-words.ts";

/** A row of the trail in words. */
export interface AuditLine {
	number: number;
	at: number;
	person: string;
	/** Name of the command, for the filter. */
	name: string;
	command: string;
	subject: string;
	before: string;
	after: string;
	reason: string;
	/** Codes and names of the areas it may change, to be searched. */
	areas: string;
	/** Whether its inverse may still be ordered: it has one, was not taken back, and nothing later changed the same. */
	undoable: boolean;
}

/** @param rows newest first */
export function auditLines(
	rows: readonly AuditRow[],
	words: TrailWords,
	areaName: (code: string) => string,
): AuditLine[] {
	const changedLater = new Set<string>();
	const takenBack = new Set(
		rows.flatMap(({ undoes }) => (undoes === null ? [] : [undoes])),
	);
	return rows.map((row) => {
		const undoable =
			row.inverse !== null &&
			!takenBack.has(row.number) &&
			!changedLater.has(row.subject);
		changedLater.add(row.subject);
		const { file } = (JSON.parse(row.before) ?? {}) as { file?: string };
		const codes = JSON.parse(row.areas) as string[];
		return {
			number: row.number,
			at: row.at,
			person: row.person.display,
			name: row.name,
			command: words.command(row.name),
			subject: words.subject(row.subject, file),
			before: words.standing(row.before),
			after: words.standing(row.after),
			reason: row.reason,
			areas: codes.map((code) => `${code} ${areaName(code)}`).join(", "),
			undoable,
		};
	});
}

/** The lines that a filter asks for. */
export function filtered(
	lines: readonly AuditLine[],
	{ who, what, place, text }: AuditFilter,
): AuditLine[] {
	const within = (whole: string, part: string) =>
		whole.toLocaleLowerCase().includes(part.trim().toLocaleLowerCase());
	return lines.filter(
		(line) =>
			(who === "" || line.person === who) &&
			(what === "" || line.name === what) &&
			within(line.areas, place) &&
			within(
				[
					line.number,
					line.person,
					line.command,
					line.subject,
					line.before,
					line.after,
					line.reason,
				].join(" "),
				text,
			),
	);
}

/** @param heads of the columns; @param time writes when it was, with its zone */
export function auditCsv(
	lines: readonly AuditLine[],
	heads: readonly string[],
	time: (at: number) => string,
): string {
	return csvText([
		heads,
		...lines.map((line): Cell[] => [
			line.number,
			time(line.at),
			line.person,
			line.command,
			line.subject,
			line.before,
			line.after,
			line.reason,
			line.areas,
		]),
	]);
}
