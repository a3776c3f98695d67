import type { Plan } from "../../../core/api/plan.ts";
import {
	type StockColumn,
	WATCHED_ITEMS,
} from "../../../core/logistics/watched-item.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import numbers from "../../parts/ui/number-button.module.css";
import styles from "./plan.module.css";
import type { PlanValues } from "./plan-lines.tsx";
import type { PlanChoice } from "./use-plan.ts";

const ROUND_HEADS = [
	"free",
	"arrives",
	"lost",
	"demand",
	"sent",
	"unmet",
	"left",
	"lowest",
	"placesShort",
] as const;

/** Each item: what there is, what is asked for, what is sent and how fair that is, beside what simple rules would give. */
export function PlanItems({
	plan,
	values,
	choice,
	round,
}: {
	plan: Plan;
	values: PlanValues;
	choice: PlanChoice;
	/** Place of the round that is shown. */
	round: number;
}) {
	const { t, format } = useLanguage();
	const share = (value: number | null | undefined) =>
		value == null ? "–" : t("plan.percent", { value: Math.round(100 * value) });
	/** What one more unit would do where it does most. */
	const worth = ({ item }: Plan["items"][number]) => {
		const saves = values
			?.filter((one) => one.item === item)
			.map((one) => one.saves);
		return saves && saves.length > 0
			? format.number(Number(Math.max(...saves).toFixed(2)))
			: "–";
	};
	const heads = [
		"stock",
		"promised",
		"reserve",
		"free",
		"need",
		"sent",
		"unmet",
		"left",
		"lowest",
		"short",
		"equal",
		"people",
		"value",
	] as const;
	if (plan.periods.length > 1)
		return (
			<div className={styles.scroll}>
				<table data-testid="plan-items-by-round">
					<thead>
						<tr>
							<th scope="col">{t("plan.item")}</th>
							{ROUND_HEADS.map((head) => (
								<th key={head} scope="col" className="number">
									{t(`plan.ofRound.${head}`)}
								</th>
							))}
							{(["lowest", "equal", "people", "value"] as const).map((head) => (
								<th key={head} scope="col" className="number">
									{t(`plan.items.${head}`)}
									<small>{t("plan.ofRound.allRounds")}</small>
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{plan.items.map((item) => {
							const own = item.byPeriod[round];
							return (
								<tr key={item.item} data-testid={`plan-item-${item.item}`}>
									<ItemHead
										item={item}
										choice={choice}
										more={t("plan.ofRound.all", {
											need: format.number(item.demand),
											sent: format.number(item.sent),
											unmet: format.number(item.unmet),
										})}
									/>
									<td className="number">
										{item.stock === null
											? t("plan.items.none")
											: format.number(item.free)}
									</td>
									{own &&
										(
											[
												"arrives",
												"lost",
												"demand",
												"sent",
												"unmet",
												"left",
											] as const
										).map((key) => (
											<td key={key} className="number">
												{format.number(own[key])}
											</td>
										))}
									<td className="number">{share(own?.lowest)}</td>
									<td className="number">
										{own ? format.number(own.placesShort) : "–"}
									</td>
									<td className="number">{share(item.lowest)}</td>
									<td className="number">{share(item.equalShare?.lowest)}</td>
									<td className="number">{share(item.byPopulation?.lowest)}</td>
									<td className="number">{worth(item)}</td>
								</tr>
							);
						})}
					</tbody>
				</table>
			</div>
		);
	return (
		<div className={styles.scroll}>
			<table data-testid="plan-items">
				<thead>
					<tr>
						<th scope="col">{t("plan.item")}</th>
						{heads.map((head) => (
							<th key={head} scope="col" className="number">
								{t(`plan.items.${head}`)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{plan.items.map((item) => {
						return (
							<tr key={item.item} data-testid={`plan-item-${item.item}`}>
								<ItemHead item={item} choice={choice} />
								<td className="number">
									{item.stock === null
										? t("plan.items.none")
										: format.number(item.stock)}
								</td>
								<td className="number">{format.number(item.promised)}</td>
								<td className="number">{format.number(item.reserve)}</td>
								<td className="number">
									{format.number(item.free)}
									{item.arrives > 0 && (
										<small>
											{t("plan.items.arrives", {
												units: format.number(item.arrives),
											})}
										</small>
									)}
								</td>
								<td className="number">{format.number(item.demand)}</td>
								<td className="number">{format.number(item.sent)}</td>
								<td className="number">{format.number(item.unmet)}</td>
								<td className="number">{format.number(item.left)}</td>
								<td className="number">{share(item.lowest)}</td>
								<td className="number">{format.number(item.placesShort)}</td>
								<td className="number">{share(item.equalShare?.lowest)}</td>
								<td className="number">{share(item.byPopulation?.lowest)}</td>
								<td className="number">{worth(item)}</td>
							</tr>
						);
					})}
				</tbody>
			</table>
		</div>
	);
}

/** Leads to the lines of an item; with its unit, and what about it is assumed or not reported. */
function ItemHead({
	item,
	choice,
	more,
}: {
	item: Plan["items"][number];
	choice: PlanChoice;
	more?: string;
}) {
	const { t, language } = useLanguage();
	const column: StockColumn | undefined = WATCHED_ITEMS.find(
		(one) => one.item === item.item,
	)?.column;
	return (
		<th scope="row">
			<button
				type="button"
				className={numbers.button}
				onClick={() =>
					column && choice.changeSearch({ item: column, part: "lines" })
				}
			>
				{item.name[language]}
			</button>
			<small>
				{[
					t(`logistics.catalogueUnit.${item.unit as "Each"}`),
					...(item.pack !== null && item.packAssumed
						? [t("plan.items.pack", { pack: item.pack })]
						: []),
					...(item.volumeAssumed ? [t("plan.items.volume")] : []),
					...(item.notReported > 0
						? [t("plan.items.silent", { count: item.notReported })]
						: []),
					...(more ? [more] : []),
				].join(", ")}
			</small>
		</th>
	);
}
