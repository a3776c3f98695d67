import { Button } from "@mantine/core";
import type { FacilityStock } from "../../../core/api/stock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./facility.module.css";
import { countKey } from "./held-counts.ts";
import type { LogisticsSearch } from "./search.ts";

/** What sheets and decisions say of an item at a facility beside its counts: a count that is held, what came and was used, the lots. */
export function ToldStock({
	facility,
	told: { item, count, sheet },
	changeSearch,
}: {
	facility: number;
	told: FacilityStock["items"][number];
	changeSearch: (part: Partial<LogisticsSearch>) => void;
}) {
	const { t, format } = useLanguage();
	const amount = (value: number | null) =>
		value === null ? "–" : format.number(value);
	const waits = count?.state === "held" || count?.state === "refused";
	return (
		<>
			{count && waits && (
				<p className={styles.warn} data-testid={`told-held-${item}`}>
					{count.state === "refused" &&
						`${t("logistics.facility.refused", { day: format.day(count.day) })} `}
					<Button
						size="compact-xs"
						variant="default"
						onClick={() =>
							changeSearch({
								view: "diragukan",
								held: "all",
								count: countKey({ facility, item, day: count.day }),
							})
						}
					>
						{t("logistics.facility.decide")}
					</Button>
				</p>
			)}
			{sheet && (
				<p className={styles.sheet} data-testid={`told-sheet-${item}`}>
					{t("logistics.facility.sheet", {
						from: format.dayOfYear(sheet.firstDay),
						to: format.day(sheet.day),
						received: amount(sheet.received),
						used: amount(sheet.used),
						inTransit: amount(sheet.inTransit),
						requested: amount(sheet.requested),
					})}
					{sheet.lots.map(({ lot, units, expires }) => (
						<span key={lot}>
							{expires === null
								? t("logistics.facility.lotNoExpiry", {
										lot,
										units: format.number(units),
									})
								: t("logistics.facility.lot", {
										lot,
										units: format.number(units),
										expires: format.day(expires),
									})}
						</span>
					))}
					<Button
						size="compact-xs"
						variant="default"
						data-testid={`told-book-${item}`}
						onClick={() =>
							changeSearch({
								view: "buku",
								facility: String(facility),
								about: item,
							})
						}
					>
						{t("logistics.view.buku")}
					</Button>
				</p>
			)}
		</>
	);
}
