import type { TFunction } from "i18next";
import type { AlertHandled, RuleStanding } from "../../../core/api/alerts.ts";
import type { Format } from "../../i18n/format.ts";
import type { DecisionWords } from "../../parts/decision/decision-words.tsx";

/** The words of decisions with those of alerts and their rules: how these stood before and after is read here alone. */
export function withAlerts(
	words: DecisionWords,
	t: TFunction,
	format: Format,
): DecisionWords {
	return {
		...words,
		standing(json) {
			const told = JSON.parse(json) as Partial<
				AlertHandled & RuleStanding
			> | null;
			if (told?.alert && told.standing) {
				const { status, assignee, snoozedUntil, verdict } = told.standing;
				return [
					t(`audit.alertStatus.${verdict ?? status}`),
					...(assignee === null ? [] : [assignee]),
					...(snoozedUntil === null
						? []
						: [t("audit.alertAsleep", { day: format.day(snoozedUntil) })]),
				].join(" · ");
			}
			if (told?.ruleVersion !== undefined && told.body)
				return t("audit.ruleStanding", {
					version: format.number(told.ruleVersion),
					threshold: format.number(told.body.threshold),
					minimum: format.number(told.body.minimum),
					days: format.number(told.body.sustainedDays),
					from: told.from == null ? "–" : format.day(told.from),
					state: t(told.body.enabled ? "audit.ruleOn" : "audit.ruleOff"),
				});
			return words.standing(json);
		},
	};
}
