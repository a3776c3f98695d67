import type { Plan, PlanEnd } from "../../../core/api/plan.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import styles from "./plan.module.css";

const MOST_BARS = 150;

/** Every destination of an item as a bar of what part of its need is met, the worst first, and beside it what the simple rules would give. */
export function FairnessStrip({
	plan,
	item,
	names,
}: {
	plan: Plan;
	item: string;
	names: ReadonlyMap<number, PlanEnd>;
}) {
	const { t, format, language } = useLanguage();
	const tier = plan.tier === "centre" ? "centre" : "province";
	const all = plan.lines
		.filter(
			(line) => line.item === item && line.tier === tier && line.demand > 0,
		)
		.sort((a, b) => a.coverage - b.coverage);
	// Thousands of bars would each be thinner than a point, and nothing would be seen.
	const step = Math.ceil(all.length / MOST_BARS);
	const lines = all.filter((_, at) => at % step === 0);
	const name =
		plan.items.find((one) => one.item === item)?.name[language] ?? item;
	if (lines.length === 0)
		return (
			<Panel
				title={t("plan.fairness.title", { item: name })}
				testId="plan-fairness"
				className={styles.fairness ?? ""}
			>
				<PanelNotice>{t("plan.fairness.none", { item: name })}</PanelNotice>
			</Panel>
		);
	const part = (units: number | null, demand: number) =>
		units === null ? null : Math.min(1, units / demand);
	return (
		<Panel
			title={t("plan.fairness.title", { item: name })}
			testId="plan-fairness"
			className={styles.fairness ?? ""}
		>
			<div
				className={styles.strip}
				role="img"
				aria-label={t("plan.fairness.title", { item: name })}
			>
				{lines.map((line) => {
					const equal = part(line.equalShare, line.demand);
					const people = part(line.byPopulation, line.demand);
					return (
						<div
							key={line.to}
							className={styles.bar}
							title={[
								`${t("plan.fairness.plan")}: ${t("plan.fairness.mark", {
									place: names.get(line.to)?.name ?? "",
									share: Math.round(100 * line.coverage),
								})}`,
								...(equal === null
									? []
									: [
											`${t("plan.fairness.equal")}: ${Math.round(100 * equal)} %`,
										]),
								...(people === null
									? []
									: [
											`${t("plan.fairness.people")}: ${Math.round(100 * people)} %`,
										]),
							].join("\n")}
						>
							<i style={{ height: `${100 * line.coverage}%` }} />
							{equal !== null && (
								<b data-rule="equal" style={{ bottom: `${100 * equal}%` }} />
							)}
							{people !== null && (
								<b data-rule="people" style={{ bottom: `${100 * people}%` }} />
							)}
						</div>
					);
				})}
			</div>
			<p className={styles.key}>
				{step > 1 && (
					<span>
						{t("plan.fairness.sampled", {
							shown: format.number(lines.length),
							all: format.number(all.length),
						})}
					</span>
				)}
				<i data-rule="plan" /> {t("plan.fairness.plan")}
				{lines.some(({ equalShare }) => equalShare !== null) && (
					<>
						<b data-rule="equal" /> {t("plan.fairness.equal")}
						<b data-rule="people" /> {t("plan.fairness.people")}
					</>
				)}
			</p>
		</Panel>
	);
}
