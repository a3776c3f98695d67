import { TriangleAlert } from "lucide-react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { Kpis } from "../../../core/api/figures.ts";
import { LaboratoriesOf } from "../../../core/api/laboratories.ts";
import { type Day, dayInWib } from "../../../core/series/day.ts";
import { ageInDays, isStale } from "../../../core/wall/panel-age.ts";
import {
	type PanelKind,
	type ScenePanel,
	staleAfter,
} from "../../../core/wall/scene.ts";
import { useClock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import { useConnection } from "../../state/connection.ts";
import { useFollows, useLevelFollows } from "../../state/follow.ts";
import { useViewOf } from "../../state/view-state.ts";
import styles from "./wall.module.css";

/** By what the age of a kind of panel is told: the last report of its indicator, of laboratories, or the publication; null: it has none. */
const AGE_OF: Readonly<
	Record<PanelKind, "indicator" | "laboratories" | "publication" | null>
> = {
	kpi: "indicator",
	map: "indicator",
	"time-lapse": "indicator",
	spread: "indicator",
	curve: "indicator",
	trend: "indicator",
	rt: "indicator",
	"rt-map": "indicator",
	projection: "indicator",
	ranking: "indicator",
	table: "indicator",
	shortage: "publication",
	"first-out": "publication",
	"stock-map": "publication",
	"plan-map": "publication",
	laboratory: "laboratories",
	laboratories: "laboratories",
	facility: "publication",
	referral: "publication",
	"referral-map": "publication",
	sources: "publication",
	clock: null,
	text: null,
	image: null,
};

/** The day of the last report of what a panel shows; undefined until it is known, null where nothing was ever reported. */
function useLastReport(kind: PanelKind, area: AreaRow): Day | null | undefined {
	const of = AGE_OF[kind];
	const { indicator, asKnown } = useViewOf("indicator", "asKnown");
	const day = useClock(({ range }) => range?.lastDay ?? null);
	const asked = { area: area.id, day: day ?? 0, as_known: asKnown };
	const figures = useAnswer(Kpis, asked, {
		enabled: of === "indicator" && day !== null,
		keepLast: true,
	}).data;
	const laboratories = useAnswer(LaboratoriesOf, asked, {
		enabled: of === "laboratories" && day !== null,
		keepLast: true,
	}).data;
	const committedAt = useConnection(
		({ state }) => state?.dataset?.committedAt ?? null,
	);
	switch (of) {
		case "indicator": {
			if (figures?.[0]?.area !== area.id) return undefined;
			const figure = figures.find((one) => one.indicator === indicator);
			return figure?.lastReported?.day ?? null;
		}
		case "laboratories": {
			if (laboratories?.area !== area.id) return undefined;
			const { firstDay, telling } = laboratories.history;
			const last = telling.findLastIndex((count) => count > 0);
			return last < 0 ? null : firstDay + last;
		}
		default:
			return committedAt === null ? undefined : dayInWib(committedAt);
	}
}

/** How old what a panel shows is, by its own rule; too old is said in words, and hatched. */
export function PanelAge({
	panel,
	area,
	now,
}: {
	panel: ScenePanel;
	area: AreaRow;
	now: number;
}) {
	const { t, format } = useLanguage();
	const of = AGE_OF[panel.kind];
	const last = useLastReport(panel.kind, area);
	const dataset = useConnection(({ state }) => state?.dataset);
	const facilitiesFollow = useFollows("facilities");
	const areaFollows = useLevelFollows(area.level);
	const follows =
		of === "laboratories"
			? facilitiesFollow
			: of === "indicator" && areaFollows;
	if (of === null || last === undefined || !dataset) return null;
	if (last === null && follows)
		return (
			<footer className={styles.age} data-testid="panel-age">
				{t("follow.source")}
			</footer>
		);
	// A publication is of a day of the calendar, whatever days an exercise is of.
	const told = of === "publication" ? { ...dataset, exercise: false } : dataset;
	const age = ageInDays(last, told, now);
	const stale = !follows && isStale(age, staleAfter(panel));
	return (
		<footer
			className={styles.age}
			data-stale={stale || undefined}
			data-testid="panel-age"
		>
			{stale && (
				<b>
					<TriangleAlert size="1em" aria-hidden /> {t("walls.tooOld")}
				</b>
			)}
			<span>
				{last === null || age === null
					? t("walls.neverReported")
					: t(of === "publication" ? "walls.publication" : "walls.lastReport", {
							day: format.day(last),
							age:
								age === 0 ? t("walls.today") : t("walls.days", { count: age }),
						})}
			</span>
		</footer>
	);
}
