import { expect, test } from "vitest";
import {
	CommandRefusal,
	refusalOf,
} from "../../../core/api/command-message.ts";
import {
	REFUSAL_REASONS,
	REFUSALS,
	type RefusalReason,
} from "../../../core/api/refusal.ts";
import { day } from "../../../core/series/day.ts";
import { en } from "../../../renderer/i18n/en.ts";
import { formatFor } from "../../../renderer/i18n/format.ts";
import { id } from "../../../renderer/i18n/id.ts";
import { decisionWords } from "../../../renderer/parts/decision/decision-words.tsx";

const LANGUAGES = { id, en } as const;

/** The text of a key as the screens look it up, with its gaps filled. */
function translator(language: keyof typeof LANGUAGES) {
	return ((key: string, gaps: Record<string, string> = {}) => {
		const text = key
			.split(".")
			.reduce<unknown>(
				(at, part) => (at as Record<string, unknown>)?.[part],
				LANGUAGES[language],
			);
		return String(text).replaceAll(
			/\{\{(\w+)\}\}/g,
			(whole, gap) => gaps[gap] ?? whole,
		);
	}) as never;
}

const wordsIn = (language: keyof typeof LANGUAGES) =>
	decisionWords(translator(language), formatFor(language), null);

/** Something of each kind that the hub says. */
const FOUND: Record<string, string | number> = {
	fields: "request.area",
	command: "override-value",
	roles: "data-manager, administrator",
	role: "official",
	scope: "32",
	areas: "31.71",
	area: "35.78",
	row: 12,
	person: "Rina",
	day: day("2020-06-01"),
	today: day("2020-05-01"),
	value: 12_345,
	most: 1_000,
	file: "jatim.csv",
	order: "SPPB-2020-0012",
	status: "approved",
	step: "send",
};

test.each(REFUSAL_REASONS)(
	"the refusal %s is said whole in both languages, with what the hub found",
	(reason: RefusalReason) => {
		const { says } = REFUSALS[reason];
		const other = {
			person: "Rina",
			at: Date.UTC(2020, 5, 1, 6, 5),
			name: "withdraw-file",
			reason: "salah kirim",
			audit: 3,
		};
		const refusal = refusalOf(
			reason,
			Object.fromEntries(says.map((key) => [key, FOUND[key] ?? ""])) as never,
			REFUSALS[reason].code === "conflict" ? other : null,
		);
		const [indonesian, english] = [
			wordsIn("id").refusal(refusal),
			wordsIn("en").refusal(refusal),
		];
		for (const text of [indonesian, english]) {
			expect(text).not.toMatch(/undefined|\{\{|override-value|data-manager/);
			expect(text).toMatch(/\.$/);
		}
		expect(indonesian).not.toBe(english);
		// A conflict says who and when.
		if (refusal.other) {
			expect(indonesian).toContain("Rina");
			expect(indonesian).toContain("1 Jun 2020 13.05 WIB");
		}
	},
);

test("numbers, days, roles and commands are written as the language writes them", () => {
	const { refusal } = wordsIn("id");
	expect(
		refusal(
			refusalOf("above-people", { value: 12_345, most: 1_000, area: "35.78" }),
		),
	).toBe(
		"12.345 melebihi yang mungkin: paling banyak 1.000, menurut penduduk 35.78.",
	);
	expect(
		refusal(
			refusalOf("role", {
				command: "override-value",
				roles: "data-manager, administrator",
				role: "official",
			}),
		),
	).toBe(
		"Menetapkan nilai hanya untuk: Pengelola data, Administrator. Peran Anda: Pejabat.",
	);
});

test("a refusal of a hub of another version is told, not taken for a broken answer", () => {
	const refusal = CommandRefusal.parse({
		code: "impossible",
		reason: "a-reason-to-come",
		parameters: { moon: { phase: 1 } },
		message: "a-reason-to-come: moon full",
		other: null,
	});
	expect(wordsIn("id").refusal(refusal)).toContain("moon full");
});
