import { PlanOf } from "../../../core/api/plan.ts";
import { PLAN_POLICIES } from "../../../core/logistics/allocation/policy.ts";
import {
	STOCK_COLUMNS,
	watchedIn,
} from "../../../core/logistics/watched-item.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Option } from "../../parts/ui/option.tsx";
import { useAnswer } from "../../state/answers.ts";
import { HORIZONS, PLAN_ROUNDS } from "./search.ts";
import styles from "./shortage.module.css";
import { useItemName } from "./use-item-name.ts";
import type { PlanChoice } from "./use-plan.ts";

const ROUNDS = ["1", "2", "3", "4", "5", "6"] as const;

/** How a plan is made: for which tier, until when, what stays in reserve, what everybody gets at least, and in which order of aims. */
export function PlanOptions({ choice }: { choice: PlanChoice }) {
	const { t, format } = useLanguage();
	const { search, changeSearch, asked } = choice;
	const plan = useAnswer(PlanOf, asked, { enabled: false });
	const nameOf = useItemName();
	const percent = (value: string) => t("plan.percent", { value });
	return (
		<div className={styles.options}>
			<Option
				label={t("plan.item")}
				testId="plan-item"
				value={search.item}
				values={STOCK_COLUMNS}
				nameOf={(column) => nameOf(watchedIn(column).item)}
				choose={(item) => changeSearch({ item })}
			/>
			{asked.tier !== "province" && (
				<Option
					label={t("plan.tier")}
					testId="plan-tier"
					value={search.tier}
					values={["centre", "both"]}
					nameOf={(tier) => t(`plan.tiers.${tier}`)}
					choose={(tier) => changeSearch({ tier })}
				/>
			)}
			<Option
				label={t("logistics.horizon")}
				testId="plan-weeks"
				value={search.weeks}
				values={HORIZONS}
				nameOf={(weeks) => t("logistics.weeks", { weeks })}
				choose={(weeks) => changeSearch({ weeks })}
			/>
			<Option
				label={t("plan.reserve")}
				testId="plan-reserve"
				value={search.reserve}
				values={["0", "10", "20", "30", "50"]}
				nameOf={percent}
				choose={(reserve) => changeSearch({ reserve })}
			/>
			<Option
				label={t("plan.floor")}
				testId="plan-floor"
				value={search.floor}
				values={["0", "10", "25", "50", "75"]}
				nameOf={percent}
				choose={(floor) => changeSearch({ floor })}
			/>
			<Option
				label={t("plan.policy")}
				help={t("plan.policyHelp")}
				testId="plan-policy"
				value={search.policy}
				values={PLAN_POLICIES}
				nameOf={(policy) => t(`plan.policies.${policy}`)}
				choose={(policy) => changeSearch({ policy })}
			/>
			<Option
				label={t("plan.rounds")}
				help={t("plan.roundsHelp")}
				testId="plan-periods"
				value={search.periods}
				values={PLAN_ROUNDS}
				nameOf={(count) => count}
				choose={(periods) => changeSearch({ periods, round: "1" })}
			/>
			{asked.periods > 1 && plan.data && plan.data.periods.length > 1 && (
				<Option
					label={t("plan.round")}
					testId="plan-round"
					value={search.round}
					values={ROUNDS.slice(0, plan.data.periods.length)}
					nameOf={(round) => {
						const days = plan.data?.periods[Number(round) - 1];
						return days
							? t("plan.roundDays", {
									round,
									from: format.dayOfYear(days.from),
									to: format.dayOfYear(days.to),
								})
							: round;
					}}
					choose={(round) => changeSearch({ round })}
				/>
			)}
			{asked.periods === 1 && (
				<Option
					label={t("plan.trips")}
					testId="plan-trips"
					value={search.trips}
					values={["parts", "whole"]}
					nameOf={(trips) => t(`plan.tripsOf.${trips}`)}
					choose={(trips) => changeSearch({ trips })}
				/>
			)}
			<Option
				label={t("plan.stage")}
				testId="plan-stage"
				value={search.stage}
				values={["before", "after"]}
				nameOf={(stage) => t(`plan.stages.${stage}`)}
				choose={(stage) => changeSearch({ stage })}
			/>
		</div>
	);
}
