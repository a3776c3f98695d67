import { BellRing } from "lucide-react";
import { FreshnessOf } from "../../../core/api/sources.ts";
import type { Raised } from "../../../core/wall/trigger.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { abbreviated } from "../../parts/ui/area-name.ts";
import { useAnswer } from "../../state/answers.ts";
import { useAreas } from "../../state/area-index.ts";
import styles from "./wall.module.css";

/** So many of the areas that crossed a value are named; how many more there are is said. */
const NAMED = 3;

/** Why a scene came up by itself, in words. */
export function useWhyRaised(): (raised: Raised) => string {
	const { t, format, language } = useLanguage();
	const { upper } = useAreas();
	const { data: sources } = useAnswer(FreshnessOf, {});
	const nameOf = (code: string) =>
		abbreviated(upper?.byCode(code)?.name ?? code);
	return ({ rule, why }) => {
		if (why.kind === "publication")
			return t("walls.raised.publication", {
				seq: format.number(why.seq),
				time: format.time(why.at),
			});
		if (why.kind === "stale") {
			const found = sources?.find(({ source }) => source.key === why.source);
			const source =
				found?.source[language === "id" ? "id_name" : "en_name"] ?? why.source;
			return why.lastDay === null || why.age === null
				? t("walls.raised.never", { source })
				: t("walls.raised.stale", {
						source,
						day: format.day(why.lastDay),
						age: t("walls.days", { count: why.age }),
					});
		}
		if (rule.kind !== "threshold" && rule.kind !== "alert") return "";
		const of = {
			indicator: t(`indicator.${rule.indicator}`),
			measure: t(`measure.${rule.measure}`),
			limit: format.figure(rule.measure, rule.value),
		};
		const written = (value: number) => format.figure(rule.measure, value);
		if (why.kind === "threshold")
			return t(`walls.raised.threshold.${rule.direction}`, {
				...of,
				area: nameOf(rule.area),
				value: written(why.value),
				day: format.day(why.day),
				since: format.day(why.since),
			});
		const more = why.crossings.length - NAMED;
		return t(`walls.raised.alert.${rule.direction}`, {
			...of,
			areas:
				why.crossings
					.slice(0, NAMED)
					.map(
						({ area, day, value }) =>
							`${nameOf(area)} ${written(value)} (${format.dayOfYear(day)})`,
					)
					.join(", ") + (more > 0 ? ` +${format.number(more)}` : ""),
		});
	};
}

/** Says on the wall why a scene stands in the place of its playlist, since when, and until when. */
export function RaisedNotice({ raised }: { raised: Raised }) {
	const { t, format } = useLanguage();
	const why = useWhyRaised();
	return (
		<div className={styles.raised} role="status" data-testid="wall-raised">
			<BellRing size="1.1em" aria-hidden />
			<b>{why(raised)}</b>
			<span>
				{t("walls.raised.since", { time: format.time(raised.at) })}
				{raised.until !== null &&
					` · ${t("walls.raised.until", { time: format.time(raised.until) })}`}
			</span>
		</div>
	);
}
