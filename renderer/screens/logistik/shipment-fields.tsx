import { Button, Select } from "@mantine/core";
import {
	STOCK_COLUMNS,
	type StockColumn,
} from "../../../core/logistics/watched-item.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { AmountInput } from "../../parts/ui/amount-input.tsx";
import { DayInput } from "../../parts/ui/day-input.tsx";
import styles from "./scenario.module.css";

/** A shipment that is expected, as it is typed. */
export interface TypedShipment {
	readonly item: StockColumn;
	readonly units: number | string;
	readonly arrives: string;
}

/** The shipments that a scenario expects, a row each. */
export function ShipmentFields({
	shipments,
	change,
}: {
	shipments: readonly TypedShipment[];
	change: (shipments: TypedShipment[]) => void;
}) {
	const { t } = useLanguage();
	const put = (at: number, part: Partial<TypedShipment>) =>
		change(
			shipments.map((one, place) => (place === at ? { ...one, ...part } : one)),
		);
	return (
		<fieldset className={styles.shipments} data-testid="scenario-shipments">
			<legend>{t("scenarios.form.shipments")}</legend>
			{shipments.map(({ item, units, arrives }, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
				<div key={at} className={styles.shipment}>
					<Select
						size="xs"
						aria-label={t("scenarios.form.item")}
						allowDeselect={false}
						value={item}
						data={STOCK_COLUMNS.map((column) => ({
							value: column,
							label: t(`scenarios.items.${column}`),
						}))}
						onChange={(column) => put(at, { item: column as StockColumn })}
					/>
					<AmountInput
						size="xs"
						hideControls
						min={0}
						aria-label={t("scenarios.form.units")}
						placeholder={t("scenarios.form.units")}
						value={units}
						onChange={(value) => put(at, { units: value })}
					/>
					<DayInput
						size="xs"
						aria-label={t("scenarios.form.arrives")}
						text={arrives}
						change={(text) => put(at, { arrives: text })}
					/>
					<Button
						size="compact-xs"
						variant="default"
						onClick={() => change(shipments.filter((_, place) => place !== at))}
					>
						{t("scenarios.form.without")}
					</Button>
				</div>
			))}
			<Button
				size="compact-xs"
				variant="default"
				data-testid="scenario-add-shipment"
				onClick={() =>
					change([
						...shipments,
						{ item: STOCK_COLUMNS[0], units: "", arrives: "" },
					])
				}
			>
				{t("scenarios.form.add")}
			</Button>
		</fieldset>
	);
}
