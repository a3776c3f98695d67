import { describe, expect, it } from "vitest";
import type { AlertRuleVersion } from "../../../core/api/alerts.ts";
import {
	ALERT_KINDS,
	type AlertRuleBody,
	SHIPPED_RULES,
} from "../../../core/epidemic/alert-rule.ts";
import { NEW_STANDING } from "../../../core/epidemic/alert-standing.ts";
import type { Day } from "../../../core/series/day.ts";
import {
	ALERT_CHUNK,
	type AlertChunk,
} from "../../../main/backend/query/alert-figures.ts";
import type { StoredAlertStep } from "../../../main/backend/query/alert-rules.ts";
import { createAlertDesk } from "../../../main/backend/server/alerts.ts";

const AREA = { id: 5, code: "35.07", name: "Malang", level: "regency" };
const LAST = 299;

/** A replica of one kabupaten with a figure of growth by day, as the readers answer of it. */
function desk({
	growth,
	body = {},
	steps = [],
	seqOfSteps = () => 7,
}: {
	growth: (day: Day) => number;
	body?: Partial<AlertRuleBody>;
	steps?: StoredAlertStep[];
	seqOfSteps?: () => number;
}) {
	const rule: AlertRuleVersion = {
		...{ rule: "growth", version: 1, from: null, changed: null },
		body: {
			...(SHIPPED_RULES[0]?.body as AlertRuleBody),
			...{ sustainedDays: 1, ...body },
		},
	};
	const chunk = (begin: Day): AlertChunk => {
		const days = Math.min(ALERT_CHUNK, LAST + 1 - begin);
		const kinds = () =>
			Object.fromEntries(
				ALERT_KINDS.map((kind) => [
					kind,
					{
						value: Float64Array.from({ length: days }, (_, on) =>
							kind === "growth" ? growth(begin + on) : Number.NaN,
						),
						size: new Float32Array(days).fill(100),
						against: new Float32Array(days).fill(50),
					},
				]),
			) as AlertChunk["levels"][number]["now"];
		return {
			...{ firstDay: begin, days },
			levels: [
				{
					...{ level: "regency", ids: [AREA.id], areas: [AREA.code] },
					...{ asKnown: kinds(), now: kinds() },
					incidence: new Float64Array(days),
				},
			],
		};
	};
	const answers: Record<string, (request: { begin: Day }) => unknown> = {
		dataset: () => ({
			...{ epoch: "e", seq: 7, firstDay: 0, lastDay: LAST, knownFrom: 0 },
		}),
		alertRules: () => [rule],
		alertSteps: () => steps,
		areas: () => [AREA],
		alertFigures: ({ begin }) => chunk(begin),
	};
	return createAlertDesk({
		ask: async (name: string, request: unknown) => ({
			seq: name === "alertSteps" ? seqOfSteps() : 7,
			answer: answers[name]?.(request as { begin: Day }),
		}),
	} as Parameters<typeof createAlertDesk>[0]);
}

const step = (day: Day, more: Partial<StoredAlertStep> = {}) => ({
	...{ rule: "growth", area: AREA.id, day, at: 0, person: "dewi", reason: "" },
	change: { kind: "acknowledge" as const },
	standing: { ...NEW_STANDING, status: "acknowledged" as const },
	seen: { version: 1, value: 1.8, threshold: 1.5 },
	...more,
});

describe("the desk of alerts", () => {
	it("the inbox keeps quiet for as long as a rule says, also after an alert of months ago", async () => {
		const beyond = new Set([200, 270]);
		const of = (quietDays: number) =>
			desk({
				growth: (day) => (beyond.has(day) ? 2 : 1),
				body: { quietDays },
			}).inbox(null, {});
		const days = async (quietDays: number) =>
			(await of(quietDays)).answer.alerts.map(({ day }) => day);
		expect(await days(14)).toEqual([270]);
		// Raised on the 200th, and quiet up to the 289th.
		expect(await days(90)).toEqual([]);
	});

	it("an alert that is raised no more is not among those that are open of the raised", async () => {
		const { answer } = await desk({
			growth: (day) => (day === 270 ? 2 : 1),
			steps: [step(260)],
		}).inbox(null, {});
		expect(answer.alerts.map(({ day, gone }) => [day, gone])).toEqual([
			[270, false],
			[260, true],
		]);
		expect(answer.rules).toMatchObject([{ raised: 1, open: 1 }]);
	});

	it("an alert that was closed stays closed where a file that comes later tells that it was met a day earlier", async () => {
		const closed = step(272, {
			standing: { ...NEW_STANDING, status: "closed", verdict: "false" },
		});
		const from = (first: Day) =>
			desk({
				growth: (day) => (day < first ? 1 : day / 100),
				body: { sustainedDays: 3 },
				steps: [closed],
			}).inbox(null, {});
		for (const first of [270, 269]) {
			const { alerts, rules } = (await from(first)).answer;
			expect(alerts).toMatchObject([
				{ day: 272, turn: "closed", gone: false, value: 2.72, holds: true },
			]);
			expect(rules).toMatchObject([{ raised: 1, open: 0, falseAlarms: 1 }]);
		}
		// Raised later than it was handled, it is another for whoever looks after it.
		expect(
			(await from(271)).answer.alerts.map(({ day, turn }) => [day, turn]),
		).toEqual([
			[273, "overdue"],
			[272, "closed"],
		]);
	});

	it("what persons did is of the publication that the answer says, and of no later one", async () => {
		let asked = 0;
		const { seq } = await desk({
			growth: () => 1,
			seqOfSteps: () => (asked++ === 0 ? 8 : 7),
		}).inbox(null, {});
		expect([seq, asked]).toEqual([7, 2]);
	});
});
