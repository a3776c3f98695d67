import type { AreaRow, Explanation } from "../../../../core/api/situation.ts";
import { marksIn, RULES } from "../../../../core/quality/rule.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import type { AreaIndex } from "../../../state/area-index.ts";
import { MarkList } from "../../../ui/mark-list.tsx";
import { Claims } from "./claims.tsx";
import { Revisions } from "./revisions.tsx";

/** The value shown, the rule, the marks, completeness, sources, revisions. */
export function Origin({
	explanation,
	area,
	areas,
}: {
	explanation: Explanation;
	area: AreaRow;
	areas: AreaIndex;
}) {
	const { t, format, language } = useLanguage();
	const { fact } = explanation;
	const rule = RULES.find((entry) => entry.key === fact?.rule);
	const silent = explanation.silent.map((id) => {
		const found = areas.byId(id);
		return found ? `${found.name} (${found.code})` : `#${id}`;
	});
	return (
		<>
			{fact ? (
				<section className="explain-fact">
					<div>
						<h3>{t("explain.shown")}</h3>
						<output
							className="explain-value"
							data-testid="explain-value"
							data-missing={fact.value === null || undefined}
						>
							{fact.value === null
								? t("value.notReported")
								: format.number(fact.value)}
						</output>
						{fact.source && (
							<small>
								{language === "id" ? fact.source.id_name : fact.source.en_name}
							</small>
						)}
					</div>
					<div>
						<h3>{t("explain.rule")}</h3>
						<p data-testid="explain-rule" data-rule={fact.rule}>
							{rule
								? language === "id"
									? rule.id_text
									: rule.en_text
								: fact.rule === "derived"
									? t("indicator.activeFormula")
									: fact.rule}
						</p>
						<h3>{t("explain.marks")}</h3>
						<div data-testid="explain-marks">
							{marksIn(fact.marks).length === 0 ? (
								<p className="muted">{t("explain.noMarks")}</p>
							) : (
								<MarkList marks={fact.marks} />
							)}
						</div>
					</div>
				</section>
			) : (
				<p data-testid="explain-nothing">{t("explain.nothing")}</p>
			)}
			{((fact?.reporting ?? null) !== null || silent.length > 0) && (
				<section data-testid="explain-completeness">
					<h3>{t("explain.completeness")}</h3>
					<p>
						{fact?.reporting != null &&
							fact.expected !== null &&
							t("explain.reporting", {
								reporting: format.number(fact.reporting),
								expected: format.number(fact.expected),
							})}
						{silent.length > 0 &&
							`; ${t("explain.silent", { areas: silent.join(", ") })}`}
					</p>
				</section>
			)}
			<Claims explanation={explanation} area={area} />
			<Revisions explanation={explanation} />
			<section>
				<h3>{t("explain.order")}</h3>
				<ol className="explain-order">
					{explanation.order.map((entry) => (
						<li key={entry.key}>
							<b>{language === "id" ? entry.id_name : entry.en_name}</b>
							<br />
							<small>
								{language === "id" ? entry.id_order : entry.en_order}
							</small>
						</li>
					))}
				</ol>
			</section>
		</>
	);
}
