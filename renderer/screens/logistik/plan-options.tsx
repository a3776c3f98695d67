import { Select } from "@mantine/core";
import { PlanOf } from "../../../core/api/plan.ts";
import {
	STOCK_COLUMNS,
	watchedIn,
} from "../../../core/logistics/watched-item.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import { HORIZONS } from "./search.ts";
import styles from "./shortage.module.css";
import type { PlanChoice } from "./use-plan.ts";

/** How a plan is made: for which tier, until when, what stays in reserve, what everybody gets at least, and in which order of aims. */
export function PlanOptions({ choice }: { choice: PlanChoice }) {
	const { t, language } = useLanguage();
	const { search, changeSearch, asked } = choice;
	const plan = useAnswer(PlanOf, asked, { enabled: false });
	const named = new Map(plan.data?.items.map((one) => [one.item, one.name]));
	const percent = (value: string) => t("plan.percent", { value });
	const one = <K extends keyof typeof search>(
		key: K,
		label: string,
		data: readonly { value: string; label: string }[],
		title?: string,
	) => (
		<Select
			size="xs"
			className={styles.option}
			label={label}
			title={title}
			data-testid={`plan-${key}`}
			allowDeselect={false}
			value={search[key] as string}
			data={[...data]}
			onChange={(value) =>
				changeSearch({ [key]: value } as Partial<typeof search>)
			}
		/>
	);
	const of = <const T extends string>(
		values: readonly T[],
		label: (value: T) => string,
	) => values.map((value) => ({ value, label: label(value) }));
	return (
		<div className={styles.options}>
			{one(
				"item",
				t("plan.item"),
				of(STOCK_COLUMNS, (column) => {
					const { item } = watchedIn(column);
					return named.get(item)?.[language] ?? item;
				}),
			)}
			{asked.tier !== "province" &&
				one(
					"tier",
					t("plan.tier"),
					of(["centre", "both"] as const, (tier) => t(`plan.tiers.${tier}`)),
				)}
			{one(
				"weeks",
				t("logistics.horizon"),
				of(HORIZONS, (weeks) => t("logistics.weeks", { weeks })),
			)}
			{one(
				"reserve",
				t("plan.reserve"),
				of(["0", "10", "20", "30", "50"] as const, percent),
			)}
			{one(
				"floor",
				t("plan.floor"),
				of(["0", "10", "25", "50", "75"] as const, percent),
			)}
			{one(
				"policy",
				t("plan.policy"),
				of(["lexicographic", "weighted"] as const, (policy) =>
					t(`plan.policies.${policy}`),
				),
				t("plan.policyHelp"),
			)}
			{one(
				"trips",
				t("plan.trips"),
				of(["parts", "whole"] as const, (trips) => t(`plan.tripsOf.${trips}`)),
			)}
			{one(
				"stage",
				t("plan.stage"),
				of(["before", "after"] as const, (stage) => t(`plan.stages.${stage}`)),
			)}
		</div>
	);
}
