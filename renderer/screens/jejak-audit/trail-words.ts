import type { TFunction } from "i18next";
import type { AlertHandled, RuleStanding } from "../../../core/api/alerts.ts";
import type { ItemStanding } from "../../../core/api/items.ts";
import type { StockStanding } from "../../../core/api/stock.ts";
import type { OrderStatus } from "../../../core/logistics/order.ts";
import type { ReleaseStatus } from "../../../core/release/release-status.ts";
import type { Day } from "../../../core/series/day.ts";
import type { Format } from "../../i18n/format.ts";
import type { DecisionWords } from "../../parts/decision/decision-words.tsx";

/** An order before or after a step, as the audit trail keeps it (hub/write/orders). */
interface StandingOrder {
	order: string;
	status: OrderStatus | null;
	lines: { item: string; ordered: number; sent: number; received: number }[];
}

/** The words of decisions, and how what they changed stood before and after. */
export interface TrailWords extends DecisionWords {
	/** What stood before or after, from the JSON of the audit trail. */
	standing(json: string): string;
}

/** The words of decisions with those of what stood before and after: that is read in the trail alone. */
export function withStanding(
	words: DecisionWords,
	t: TFunction,
	format: Format,
): TrailWords {
	/** "GUDANG-32/2020/0001: dikirim, gown-protective 60 dari 100". */
	const standingOrder = ({ order, status, lines }: StandingOrder): string => {
		const name = status
			? t("decision.order.standing", {
					order,
					status: t(`decision.order.status.${status}`),
				})
			: t("decision.order.standing", {
					order,
					status: t("decision.order.status.none"),
				});
		return [
			name,
			...lines.map(({ item, ordered, sent, received }) =>
				t("decision.order.line", {
					item,
					ordered: format.number(ordered),
					sent: format.number(sent),
					received: format.number(received),
				}),
			),
		].join(", ");
	};
	const numberOrNone = (value: number | null | undefined) =>
		value == null ? "–" : format.number(value);
	const itemStanding = (told: Partial<ItemStanding>) =>
		[
			t("audit.itemStanding", {
				version: numberOrNone(told.itemVersion),
				pack: numberOrNone(told.pack),
				price: numberOrNone(told.priceUsd),
				lead: numberOrNone(told.leadDays),
				reserve: numberOrNone(told.reserveDays),
			}),
			...(told.rates ?? []).map(
				({ per, amount }) => `${per} ${format.number(amount)}`,
			),
		].join(" · ");
	return {
		...words,
		standing(json) {
			const ofAlert = JSON.parse(json) as Partial<
				AlertHandled & RuleStanding
			> | null;
			if (ofAlert?.alert && ofAlert.standing) {
				const { status, assignee, snoozedUntil, verdict } = ofAlert.standing;
				return [
					t(`audit.alertStatus.${verdict ?? status}`),
					...(assignee === null ? [] : [assignee]),
					...(snoozedUntil === null
						? []
						: [t("audit.alertAsleep", { day: format.day(snoozedUntil) })]),
				].join(" · ");
			}
			if (ofAlert?.ruleVersion !== undefined && ofAlert.body)
				return t("audit.ruleStanding", {
					version: format.number(ofAlert.ruleVersion),
					threshold: format.number(ofAlert.body.threshold),
					minimum: format.number(ofAlert.body.minimum),
					days: format.number(ofAlert.body.sustainedDays),
					from: ofAlert.from == null ? "–" : format.day(ofAlert.from),
					state: t(ofAlert.body.enabled ? "audit.ruleOn" : "audit.ruleOff"),
				});
			const parsed: unknown = JSON.parse(json);
			if (parsed === null) return "–";
			if (Array.isArray(parsed))
				return parsed
					.map((one) => standingOrder(one as StandingOrder))
					.join("; ");
			const told = parsed as {
				file?: string;
				value?: number | null;
				until?: Day | null;
				withdrawn?: boolean;
				id?: string;
				en?: string;
				version?: number;
				columns?: string[];
				rows?: number;
				releaseStatus?: ReleaseStatus;
				accepted?: number;
				quarantined?: number;
			} & Partial<ItemStanding & StockStanding> & {
					boundaries?: {
						file: string;
						level: string;
						source: string;
						differences: number;
					} | null;
				};
			if (told.itemVersion !== undefined) return itemStanding(told);
			if (told.verdict !== undefined)
				return t(`audit.stockVerdict.${told.verdict}`, {
					counts: numberOrNone(told.counts),
					stated: numberOrNone(told.stated),
				});
			if (told.releaseStatus !== undefined)
				return t(`audit.releaseStatus.${told.releaseStatus}`);
			if (told.boundaries === null) return t("audit.builtInBoundaries");
			if (told.boundaries !== undefined) {
				const { file, level, source, differences } = told.boundaries;
				return t("audit.boundariesOf", {
					file,
					source,
					level: t(level === "district" ? "level.district" : "level.regency"),
					count: differences,
					differences: format.number(differences),
				});
			}
			if (told.rows !== undefined)
				return t("decision.rowsOf", {
					count: told.rows,
					rows: format.number(told.rows),
				});
			if (told.columns)
				return t("audit.mappingStanding", {
					version: numberOrNone(told.version),
					columns: told.columns.join(", ") || "–",
				});
			if (told.accepted !== undefined)
				return told.file
					? t("audit.tableStanding", {
							file: told.file,
							accepted: format.number(told.accepted),
							quarantined: format.number(told.quarantined ?? 0),
						})
					: "–";
			if (told.id !== undefined && told.en !== undefined)
				return `${told.id} · ${told.en}`;
			if (typeof told.withdrawn === "boolean")
				return t(told.withdrawn ? "decision.withdrawn" : "decision.inForce");
			if (told.value === undefined) return json;
			const value =
				told.value === null
					? t("value.notReported")
					: format.number(told.value);
			return told.until == null
				? value
				: t("decision.valueUntil", { value, day: format.day(told.until) });
		},
	};
}
