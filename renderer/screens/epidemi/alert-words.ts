import { useMemo } from "react";
import type { AlertRuleVersion, InboxAlert } from "../../../core/api/alerts.ts";
import type { AlertKind } from "../../../core/epidemic/alert-rule.ts";
import { isoFromDay } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";

/** An alert as the address and the tray of this workstation know it. */
export const alertKey = ({
	rule,
	code,
	day,
}: Pick<InboxAlert, "rule" | "code" | "day">): string =>
	`${rule}/${code}/${isoFromDay(day)}`;

/** How a kind of figure is written: a share as per cent, a ratio as times. */
export const UNIT_OF = {
	growth: "times",
	rt: "rt",
	jump: "times",
	silence: "days",
	occupancy: "percent",
	positivity: "percent",
} as const satisfies Record<AlertKind, string>;

/** Alerts and their figures in words. */
export function useAlertWords(rules: readonly AlertRuleVersion[]) {
	const { t, format, language } = useLanguage();
	return useMemo(() => {
		const figure = (kind: AlertKind, value: number | null): string => {
			if (value === null) return "–";
			switch (UNIT_OF[kind]) {
				case "times":
					return t("alerts.figure.times", { value: format.rate(value) });
				case "percent":
					return t("alerts.figure.percent", {
						value: format.count(value * 100, 1),
					});
				case "days":
					return t("alerts.figure.days", { count: Math.round(value) });
				case "rt":
					return format.rate(value);
			}
		};
		const amount = (value: number | null) =>
			value === null ? "–" : format.count(value, 0);
		return {
			figure,
			amount,
			/** The newest name of a rule. */
			rule: (key: string) =>
				rules.find(({ rule }) => rule === key)?.body.name[language] ?? key,
			basis: ({
				kind,
				size,
				against,
			}: Pick<InboxAlert, "kind" | "size" | "against">) =>
				t(`alerts.basis.${kind}`, {
					size: amount(size),
					against:
						kind === "rt" && against !== null
							? format.rate(against)
							: amount(against),
				}),
		};
	}, [t, format, language, rules]);
}
export type AlertWords = ReturnType<typeof useAlertWords>;
