/** How the reference file of levels is recomputed: sections of cases, each with its inputs and the level expected. */

import {
	communityTransmission,
	overallCapacity,
	responseCapacity,
	zoneOfPublishedScore,
} from "../../core/epidemic/community-level.ts";
import { isObject } from "../../core/reading/json.ts";
import { optionalNumberAt } from "./reference-file.ts";
import type { Verifier } from "./verify.ts";

type Case = Record<string, unknown>;

const SECTIONS = [
	"community_transmission",
	"response_capacity",
	"zoning_score_bands",
];
const RESULT_KEY = /^(expected.*|zone|level)$/;

function casesOf(section: unknown): Case[] | undefined {
	const list = isObject(section) ? section.cases : section;
	return Array.isArray(list) && list.length > 0 && list.every(isObject)
		? list
		: undefined;
}

function part(one: Case, results: boolean): Case {
	return Object.fromEntries(
		Object.entries(one).filter(([key]) => RESULT_KEY.test(key) === results),
	);
}

function recomputeCase(one: Case): unknown {
	if ("score" in one)
		return { zone: zoneOfPublishedScore(optionalNumberAt(one, "score") ?? -1) };
	if ("positivity_pct" in one || "bor_pct" in one) {
		const capacity = responseCapacity({
			positivityPercent: optionalNumberAt(one, "positivity_pct"),
			contactsPerCase: optionalNumberAt(one, "contacts_per_case"),
			bedOccupancyPercent: optionalNumberAt(one, "bor_pct"),
		});
		const overall = overallCapacity(capacity);
		return { expected: { ...capacity, overall }, expected_overall: overall };
	}
	const assessment = communityTransmission({
		cases: optionalNumberAt(one, "cases"),
		admissions: optionalNumberAt(one, "admissions"),
		deaths: optionalNumberAt(one, "deaths"),
	});
	const level = assessment.status === "assessed" ? assessment.level : undefined;
	return { expected_level: level, level };
}

export const levelsVerifier: Verifier = {
	kind: "levels",
	recognises: (file) =>
		isObject(file) && SECTIONS.some((name) => casesOf(file[name])),
	split: (file) => {
		const sections = Object.entries(file as object).flatMap(
			([name, section]) => {
				const cases = casesOf(section);
				return cases ? [[name, cases] as const] : [];
			},
		);
		return {
			expected: Object.fromEntries(
				sections.map(([name, cases]) => [
					name,
					cases.map((one) => part(one, true)),
				]),
			),
			rest: Object.fromEntries(
				sections.map(([name, cases]) => [
					name,
					cases.map((one) => part(one, false)),
				]),
			),
		};
	},
	recompute: (_, file) =>
		Object.fromEntries(
			Object.entries(file as Record<string, Case[]>).map(([name, cases]) => [
				name,
				cases.map(recomputeCase),
			]),
		),
};
