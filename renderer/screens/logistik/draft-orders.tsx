import { PackageCheck } from "lucide-react";
import { useMemo } from "react";
import { DraftOrder, MOST_ORDERS } from "../../../core/api/orders.ts";
import type { Plan, PlanEnd } from "../../../core/api/plan.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { FormBox } from "../../parts/decision/form-box.tsx";
import { ReasonForm } from "../../parts/decision/reason-form.tsx";
import { useCommand } from "../../state/answers.ts";
import { useDraftForm } from "../../state/drafts.ts";
import { ordersOf } from "./orders-of-plan.ts";
import styles from "./plan.module.css";
import type { PlanChoice } from "./use-plan.ts";

/** From the plan to draft orders, in one step. */
export function DraftOrders({
	plan,
	names,
	choice,
	isOld,
}: {
	plan: Plan;
	names: ReadonlyMap<number, PlanEnd>;
	choice: PlanChoice;
	/** Another plan is being made: what is typed stays, and nothing is ordered from this one any more. */
	isOld: boolean;
}) {
	const { t } = useLanguage();
	const form = useDraftForm();
	const draft = useCommand(DraftOrder);
	const orders = useMemo(
		() => ordersOf(plan, names, () => crypto.randomUUID()),
		[plan, names],
	);
	const count = orders.length;
	if (count === 0) return null;
	return (
		<div className={styles.tools}>
			<FormBox
				form={form}
				icon={PackageCheck}
				label={t("plan.draft.open")}
				testId="plan-draft"
			>
				<ReasonForm
					does={t("plan.draft.order", { count })}
					testId="plan-draft-form"
					form={form}
					ready={!isOld}
					order={async (reason) => {
						// So many are carried in one command.
						for (let at = 0; at < count; at += MOST_ORDERS)
							await draft.mutateAsync({
								day: plan.day,
								plan: `${plan.id} ${location.hash}`.slice(0, 2000),
								orders: orders.slice(at, at + MOST_ORDERS),
								reason,
							});
						choice.changeSearch({ part: "orders" });
					}}
				>
					<p>
						<b>{t("plan.draft.title", { count })}</b>
					</p>
					<p>{t("plan.draft.help")}</p>
				</ReasonForm>
			</FormBox>
		</div>
	);
}
