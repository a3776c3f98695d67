import type { Day } from "../series/day.ts";
import type { Indicator } from "../series/indicator.ts";
import type { Cadence } from "./cadence.ts";
import type { TakenBack } from "./taken-back.ts";
import type { Tolerance } from "./tolerance.ts";

/** A source as reconciliation needs it. */
export interface RankedSource {
	id: number;
	/** 1 is asked first. */
	rank: number;
	cadence: Cadence;
}

/** One value that a source stated for one area and day. */
export interface Statement {
	source: number;
	day: Day;
	/** Day on which the source knew it. */
	asOf: Day;
	value: number;
	file: number;
	line: number;
	/** Decides between files of the same `asOf`, by what is in them and not by when they came. */
	order: number;
	/** When the file that states it was withdrawn. */
	takenBack?: readonly TakenBack[];
}

/** From `asOf` on a source is known to speak of the days from `firstDay` to `lastDay`. */
export interface SpanStep {
	asOf: Day;
	firstDay: Day;
	lastDay: Day;
	takenBack?: readonly TakenBack[];
}

/** The value of a cell from `asOf` until the next revision of the same cell. */
export interface Revision {
	day: Day;
	asOf: Day;
	/** null: nothing usable is known. */
	value: number | null;
	/** null for a sum over several sources. */
	source: number | null;
	rule: number;
	marks: number;
	/** Areas in a sum, and areas that could have been in it; null for a single report. */
	reporting: number | null;
	expected: number | null;
}

/** A statement that said something new, with its marks as of its day. */
export interface Claim {
	statement: Statement;
	marks: number;
}

/** One area of a family. */
export interface FamilyMember {
	area: number;
	/** False for cases without a place: in a sum, but never expected. */
	counted: boolean;
	statements: readonly Statement[];
}

/** An area and those directly below it, for one indicator. */
export interface Family {
	kind: Indicator["kind"];
	/** How far sources may differ without a conflict; not at all when left out. */
	tolerance?: Tolerance;
	parent: FamilyMember;
	children: readonly FamilyMember[];
	sources: readonly RankedSource[];
	/** For each source, how far it reached and when that was known; in order of `asOf`. */
	spans: ReadonlyMap<number, readonly SpanStep[]>;
}

/** The nation: its children are provinces whose answers are known already. */
export interface TopFamily {
	kind: Indicator["kind"];
	/** How far sources may differ without a conflict; not at all when left out. */
	tolerance?: Tolerance;
	parent: FamilyMember;
	children: readonly {
		area: number;
		counted: boolean;
		/** In any order. */
		revisions: readonly Revision[];
	}[];
	sources: readonly RankedSource[];
	spans: ReadonlyMap<number, readonly SpanStep[]>;
}

/** What became of one area: every claim kept, and every value its cells ever had, by day and then by `asOf`. */
export interface AreaAnswer {
	area: number;
	claims: Claim[];
	revisions: Revision[];
}
