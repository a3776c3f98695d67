import type { AreaCode } from "../../core/areas/codes.ts";
import { parentOf } from "../../core/areas/codes.ts";
import {
	matchFacility,
	type NamedFacility,
	type ScoredFacility,
} from "../../core/facilities/name-match.ts";
import type { FacilityKind } from "../../core/facilities/report.ts";
import type { MatchedNames } from "../../core/quality/facility-remark.ts";
import { excerpt } from "../../core/reading/fault.ts";
import type { RowError } from "./report.ts";

/** A registered facility, as far as names are matched with it. */
export interface RegisteredFacility extends NamedFacility {
	readonly kind: FacilityKind;
}

/** The longest name in the register has 81 characters; one of a book is neither kept nor compared with each of them. */
export const LONGEST_NAME = 200;

/** The register, put in order by what is looked for in it. */
interface Register {
	readonly hospitals: readonly RegisteredFacility[];
	readonly hospitalsIn: ReadonlyMap<AreaCode, RegisteredFacility[]>;
	readonly byCode: ReadonlyMap<string, RegisteredFacility>;
}

const ordered = new WeakMap<readonly RegisteredFacility[], Register>();

/** Of one list it is made once: of many small files that are taken in at once each would order thousands of facilities. */
export function registerOf(all: readonly RegisteredFacility[]): Register {
	const known = ordered.get(all);
	if (known) return known;
	const hospitals = all.filter(({ kind }) => kind === "hospital");
	const register: Register = {
		hospitals,
		hospitalsIn: Map.groupBy(hospitals, ({ area }) => area),
		byCode: new Map(all.map((one) => [one.code, one])),
	};
	ordered.set(all, register);
	return register;
}

/** Finds registered hospitals by the names that a file without codes gives them, and remembers what it joined. */
export class HospitalNames {
	private readonly byArea: ReadonlyMap<AreaCode, RegisteredFacility[]>;
	private readonly all: readonly RegisteredFacility[];
	private exact = 0;
	private readonly byScore: MatchedNames["byScore"] = [];

	constructor(registered: readonly RegisteredFacility[]) {
		const { hospitals, hospitalsIn } = registerOf(registered);
		this.all = hospitals;
		this.byArea = hospitalsIn;
	}

	/** Why no name can be found; null: there are registered hospitals. */
	refusal(column: string): RowError | null {
		return this.all.length > 0
			? null
			: {
					line: null,
					column,
					reason: "unknown-facility",
					found: "names of hospitals, and no hospital is registered",
					expected:
						"the register of hospitals (hub ingest rs-online FILE) before",
				};
	}

	/**
	 * The hospital of a name in a kabupaten/kota, or among those of its province of which no kabupaten/kota is known.
	 * @returns its code, or why it is none: another hospital is never taken for it
	 */
	find(
		name: string,
		area: AreaCode,
		line: number,
		column: string,
	): { code: string } | { error: RowError } {
		if (name.length > LONGEST_NAME)
			return {
				error: {
					line,
					column,
					reason: "unknown-facility",
					found: excerpt(name),
					expected: `a name of at most ${LONGEST_NAME} characters`,
				},
			};
		const province = parentOf(area);
		const near = [
			...(this.byArea.get(area) ?? []),
			...((province && this.byArea.get(province)) ?? []),
		];
		const match = matchFacility(name, near);
		if (match.kind === "joined") {
			const { facility, score } = match;
			if (score === 1) this.exact++;
			else
				this.byScore.push({
					said: name,
					name: facility.name,
					code: facility.code,
					score: rounded(score),
				});
			return { code: facility.code };
		}
		const refuse = (
			reason: "doubtful-facility" | "unknown-facility",
			expected: string,
		) => ({
			error: { line, column, reason, found: excerpt(name), expected },
		});
		if (match.kind === "doubtful")
			return refuse(
				"doubtful-facility",
				`the name of one hospital of ${area}; it may be ${inWords(match.candidates)}`,
			);
		// The very name in another kabupaten/kota of the province: the place is wrong there or here, or they are two.
		const elsewhere = this.all.filter(
			(one) =>
				one.area !== area &&
				(one.area === province || parentOf(one.area) === province),
		);
		const other = matchFacility(name, elsewhere);
		return other.kind === "joined"
			? refuse(
					"doubtful-facility",
					`a hospital of ${area}; of this name there is ${inWords([other])} in ${other.facility.area}`,
				)
			: refuse(
					"unknown-facility",
					`a registered hospital of ${area}${match.candidates.length > 0 ? `; the nearest is ${inWords(match.candidates)}` : ""}`,
				);
	}

	/** What is to be remarked of the file. */
	remarks(): MatchedNames[] {
		return this.exact + this.byScore.length === 0
			? []
			: [
					{
						method: "Jaro-Winkler",
						exact: this.exact,
						byScore: this.byScore,
					},
				];
	}
}

function inWords(candidates: readonly ScoredFacility[]): string {
	return candidates
		.map(
			({ facility, score }) =>
				`${facility.name} (${facility.code}, Jaro-Winkler ${rounded(score)})`,
		)
		.join(" or ");
}

function rounded(score: number): number {
	return Math.round(score * 1000) / 1000;
}
