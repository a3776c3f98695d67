import type { CSSProperties } from "react";
import { Facilities } from "../../core/api/facilities.ts";
import { addTexts } from "../i18n/add-texts.ts";
import { logisticsEn } from "../i18n/logistics-en.ts";
import { logisticsId } from "../i18n/logistics-id.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { Panel, PanelNotice } from "../parts/ui/panel.tsx";
import { PanelFailure } from "../parts/ui/panel-failure.tsx";
import {
	BedsReported,
	PatientsReported,
} from "../screens/logistik/facility-charts.tsx";
import { SupplyName, useDaysText } from "../screens/logistik/supply-words.tsx";
import { useFacility } from "../screens/logistik/use-facility.ts";
import { useStockChoice } from "../screens/logistik/use-stock-choice.ts";
import { useAnswer } from "../state/answers.ts";
import { useFollows } from "../state/follow.ts";
import type { PanelProps } from "./panel-props.ts";
import styles from "./panels.module.css";

addTexts("logistics", { id: logisticsId, en: logisticsEn });

/** One facility at a glance: how far each stock reaches, its patients and its beds, as Logistik has them. */
export default function FacilityPanel({ areas }: PanelProps) {
	const { t, format, language } = useLanguage();
	const { search, asked } = useStockChoice();
	const days = useDaysText();
	const follows = useFollows("facilities");
	const all = useAnswer(Facilities, {});
	const one =
		all.data?.find(({ id }) => String(id) === search.facility) ?? null;
	const { told, days: drawn, error, again } = useFacility(one, asked, all);
	const place = one && areas.byId(one.area)?.name;
	if (!one || !told || !drawn)
		return (
			<Panel
				title={one?.name ?? t("logistics.view.fasilitas")}
				testId="facility-panel"
			>
				{error ? (
					<PanelFailure error={error} again={again} />
				) : all.data && !one ? (
					<PanelNotice>
						{t(follows ? "follow.facilities" : "walls.noFacility")}
					</PanelNotice>
				) : (
					<div data-coming>
						<PanelNotice>{t("app.loading")}</PanelNotice>
					</div>
				)}
			</Panel>
		);
	return (
		<Panel
			title={one.name}
			subtitle={[place, format.day(told.day)].filter(Boolean).join(" · ")}
			testId="facility-panel"
		>
			{error && <PanelFailure error={error} again={again} />}
			<div
				className={styles.facility}
				style={{ "--rows": told.items.length + 1 } as CSSProperties}
			>
				<table>
					<thead>
						<tr>
							<th scope="col">{t("logistics.firstOut.item")}</th>
							<th scope="col">{t("walls.supplyState")}</th>
							<th scope="col" className="number">
								{t("logistics.facility.count")}
							</th>
							<th scope="col" className="number">
								{t("logistics.figures.days")}
							</th>
						</tr>
					</thead>
					<tbody>
						{told.items.map(({ about, cell }) => (
							<tr key={about.column}>
								<th scope="row">{about.name[language]}</th>
								<td>
									<SupplyName supply={cell.supply} />
								</td>
								<td className="number">
									{cell.onHand === null
										? "–"
										: `${format.number(cell.onHand)} ${t(`logistics.unit.${about.unit as "piece"}`)}`}
								</td>
								<td className="number">{days(cell)}</td>
							</tr>
						))}
					</tbody>
				</table>
				<div>
					<BedsReported series={drawn} day={told.day} />
					<PatientsReported series={drawn} day={told.day} />
				</div>
			</div>
		</Panel>
	);
}
