import { useMemo, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { MapPanel } from "../../parts/map/map-panel.tsx";
import {
	FREE_COLOUR,
	type ReferralMark,
	referralMarks,
} from "../../parts/map/referral-marks.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { usePlainLand } from "../../parts/map/use-plain-land.ts";
import { useTheme } from "../../parts/map/use-theme.ts";
import { useReferralWords } from "./referral-words.ts";
import styles from "./rujukan.module.css";
import type { ReferralView } from "./use-referral.ts";

/** The hospitals of the list where they stand. A press on an area looks from there. */
export function ReferralMap({
	areas,
	selected,
	select,
	search,
	lines,
	found,
	error,
	again,
	isAsked,
}: ReferralView & { select: (area: AreaRow) => void }) {
	const { t } = useLanguage();
	const { ground } = useGround();
	const theme = useTheme();
	const words = useReferralWords();
	const [pointed, setPointed] = useState<number | null>(null);
	const colouring = usePlainLand(areas);
	const marks = useMemo(
		() =>
			lines && isAsked
				? referralMarks(
						lines.flatMap(({ facility, hospital, state, place }) =>
							hospital.lat === null || hospital.lng === null
								? []
								: [
										{
											facility,
											lat: hospital.lat,
											lng: hospital.lng,
											state,
											area: place,
										} satisfies ReferralMark,
									],
						),
						found?.from ?? null,
						search.facility === "" ? null : Number(search.facility),
						ground,
						theme,
						(mark) => setPointed(mark?.facility ?? null),
					)
				: null,
		[lines, isAsked, found, search.facility, ground, theme],
	);
	const line = lines?.find(({ facility }) => facility === pointed);
	return (
		<MapPanel
			className={styles.map}
			areas={areas}
			selected={selected}
			select={select}
			level="regency"
			shown={{
				colouring,
				failure: error && {
					message: error.message,
					retry: () => void again(),
				},
			}}
			label={t("referral.mapLabel", { bed: t(`referral.beds.${search.bed}`) })}
			pin="referral-map"
			wholeDays
			marks={marks}
			stated={t("referral.stated")}
			legend={
				<ul
					className={styles.legend}
					data-covers-map
					data-testid="referral-legend"
				>
					{(["free", "full", "unknown"] as const).map((state) => (
						<li key={state}>
							<i
								data-state={state}
								style={
									state === "free"
										? { background: FREE_COLOUR[theme] }
										: undefined
								}
								aria-hidden
							/>
							{t(`referral.legend.${state}`)}
						</li>
					))}
					<li>
						<i data-state="start" aria-hidden />
						{t("referral.legend.start")}
					</li>
				</ul>
			}
			card={() =>
				line && (
					<div className={styles.card} role="status">
						<b>{line.hospital.name}</b>
						<span>
							{words.km(line)} km · {words.state(line)} · {words.free(line)}
						</span>
						<span>{words.age(line)}</span>
					</div>
				)
			}
		/>
	);
}
