import { Popover, UnstyledButton } from "@mantine/core";
import { useLanguage } from "../../i18n/use-language.ts";
import type { DrawnDistricts } from "./boundaries.ts";
import styles from "./geography-notice.module.css";

/** Says for as long as kecamatan are drawn that some have no boundaries and are marks, and which nothing says where to draw. */
export function DistrictNotice({
	districts: { marks, placed, unplaced },
}: {
	districts: DrawnDistricts;
}) {
	const { t, format } = useLanguage();
	if (marks === 0 && unplaced.length === 0) return null;
	return (
		<Popover width="26rem" position="top-end" shadow="md" trapFocus>
			<Popover.Target>
				<UnstyledButton className={styles.notice} data-testid="district-notice">
					{marks > 0 && (
						<b>{t("map.districtMarks", { areas: format.number(marks) })}</b>
					)}
					{unplaced.length > 0 && (
						<b>
							{" · "}
							{t("map.districtsUnplaced", {
								areas: format.number(unplaced.length),
							})}
						</b>
					)}
				</UnstyledButton>
			</Popover.Target>
			<Popover.Dropdown>
				{marks > 0 && <p>{t("map.districtMarksMean")}</p>}
				{marks > placed && (
					<p>
						{t("map.districtsInRows", {
							areas: format.number(marks - placed),
						})}
					</p>
				)}
				{unplaced.length > 0 && (
					<>
						<p>{t("map.districtsUnplacedMean")}</p>
						<ul className={styles.list}>
							{unplaced.map(({ id, code, name }) => (
								<li key={id}>
									{code} {name}
								</li>
							))}
						</ul>
					</>
				)}
			</Popover.Dropdown>
		</Popover>
	);
}
