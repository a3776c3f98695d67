import { Drawer } from "@mantine/core";
import type { StockFormulas } from "../../../core/api/logistics.ts";
import { StockFormulasOf } from "../../../core/api/logistics.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer } from "../../state/answers.ts";
import styles from "./formula.module.css";
import { formulaText } from "./formula-text.ts";
import { type AskedFormula, useOpenedFormula } from "./opened-formula.ts";
import { useStockChoice } from "./use-stock-choice.ts";

/** "Dari mana angka ini?" of a stock: every formula with its inputs filled in, and the counts that the use rests on. */
export function FormulaDrawer() {
	const { t, format } = useLanguage();
	const { asked, open } = useOpenedFormula();
	const { asked: of } = useStockChoice();
	return (
		<Drawer
			opened={asked !== null}
			onClose={() => open(null)}
			position="right"
			size="40rem"
			padding="md"
			closeButtonProps={{ "aria-label": t("app.close") }}
			overlayProps={{ backgroundOpacity: 0.45 }}
			transitionProps={{ duration: 0 }}
			title={
				<span className={styles.title}>
					<b>{t("explain.title")}</b>
					{asked && (
						<small>
							{asked.name} · {format.day(of.day)}
						</small>
					)}
				</span>
			}
			data-testid="formula"
		>
			{asked && <Body asked={asked} />}
		</Drawer>
	);
}

function Body({ asked }: { asked: AskedFormula }) {
	const { t, format, language } = useLanguage();
	const { asked: of } = useStockChoice();
	const { data, error, refetch } = useAnswer(StockFormulasOf, {
		area: asked.area,
		item: asked.item,
		...(asked.facility !== null && { facility: asked.facility }),
		...of,
	});
	if (error) return <PanelFailure error={error} again={refetch} />;
	if (!data) return <PanelNotice>{t("app.loading")}</PanelNotice>;
	return (
		<>
			{data.formulas.map((formula) => (
				<FormulaLines key={formula.of} formula={formula} />
			))}
			{(asked.item === "stock_reagent" || asked.item === "stock_vtm") && (
				<p>{t("logistics.formula.noTestDays")}</p>
			)}
			{data.spans.length > 0 && (
				<section>
					<h3>{t("logistics.formula.spans")}</h3>
					<table className={styles.spans}>
						<thead>
							<tr>
								<th scope="col">{t("logistics.formula.between")}</th>
								<th scope="col" className="number">
									{t("logistics.formula.input.used")}
								</th>
								<th scope="col">{t("logistics.formula.leftOut")}</th>
							</tr>
						</thead>
						<tbody>
							{data.spans.map((span) => (
								<tr key={span.to} data-excluded={span.excluded ?? undefined}>
									<td>
										{format.dayOfYear(span.from)} – {format.dayOfYear(span.to)}
									</td>
									<td className="number">{format.number(span.used)}</td>
									<td>
										{span.excluded &&
											t(`logistics.formula.excluded.${span.excluded}`)}
									</td>
								</tr>
							))}
						</tbody>
					</table>
				</section>
			)}
			{data.sources.length > 0 && (
				<p>
					{t("logistics.formula.source")}:{" "}
					{data.sources
						.map((one) => (language === "id" ? one.id_name : one.en_name))
						.join(", ")}
				</p>
			)}
			<p className="muted">{t("logistics.cutOffs")}</p>
		</>
	);
}

/** One formula: in names, with the numbers filled in, and what it comes to. */
function FormulaLines({
	formula: { of, expression, inputs, result },
}: {
	formula: StockFormulas["formulas"][number];
}) {
	const { t, format } = useLanguage();
	const value = (name: string): string => {
		const input = inputs.find((one) => one.name === name);
		if (!input || input.value === null) return t("logistics.unknown");
		return name === "countDay"
			? format.day(input.value)
			: format.exact(input.value);
	};
	const named = formulaText(expression, (name) =>
		t(`logistics.formula.input.${name as "left"}`),
	);
	const filled = formulaText(expression, value);
	return (
		<section className={styles.formula} data-formula={of}>
			<h3>
				{t(`logistics.formula.of.${of}`)}:{" "}
				<output>
					{result === null
						? t("logistics.unknown")
						: of === "out"
							? format.day(result)
							: format.number(result)}
				</output>
			</h3>
			<p>{named}</p>
			<p className={styles.filled}>= {filled}</p>
			{inputs
				.filter(({ name, day }) => day !== null && name !== "countDay")
				.map(({ name, day }) => (
					<small key={name}>
						{t(`logistics.formula.input.${name}`)}: {format.day(day ?? 0)}
					</small>
				))}
			{inputs.some(({ name }) => name === "both") && (
				<small>
					{t("logistics.told", {
						told: value("both"),
						of: value("facilities"),
					})}
				</small>
			)}
		</section>
	);
}
