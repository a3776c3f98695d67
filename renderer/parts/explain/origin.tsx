import type { AreaRow } from "../../../core/api/areas.ts";
import type { Explanation } from "../../../core/api/explain.ts";
import type { IndicatorKey } from "../../../core/series/indicator.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useLevelFollows } from "../../state/follow.ts";
import { MarkList } from "../ui/mark-list.tsx";
import { Claims } from "./claims.tsx";
import { Revisions } from "./revisions.tsx";
import { SourceOrder } from "./source-order.tsx";

/** Where the reports behind a number come from: what each source said, what was shown before, who is asked first. */
export function Origin({
	explanation,
	area,
}: {
	explanation: Explanation;
	area: AreaRow;
}) {
	const { t, format, language } = useLanguage();
	const { fact } = explanation;
	const follows = useLevelFollows(area.level);
	return (
		<>
			{!fact && (
				<p data-testid="explain-nothing">
					{t(follows ? "follow.kecamatan" : "explain.nothing")}
				</p>
			)}
			{explanation.measure !== "total" && fact && (
				<section data-testid="explain-fact">
					<h3>
						{t(`indicator.${explanation.indicator as IndicatorKey}`)} ·{" "}
						{t("measure.total")} · {format.day(explanation.day)}
					</h3>
					<p>
						<b>
							{fact.value === null
								? t("value.notReported")
								: format.number(fact.value)}
						</b>{" "}
						{fact.source &&
							(language === "id" ? fact.source.id_name : fact.source.en_name)}
					</p>
					<MarkList marks={fact.marks} />
				</section>
			)}
			{fact?.rule !== "derived" && (
				<Claims explanation={explanation} area={area} />
			)}
			<Revisions explanation={explanation} />
			<SourceOrder order={explanation.order} />
		</>
	);
}
