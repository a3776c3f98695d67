import type { Zone } from "../../../core/epidemic/zone-transition.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { cssColour, noDataCss } from "../../parts/map/palettes.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { useTheme } from "../../parts/map/use-theme.ts";
import { ZONE_LETTERS, zoneColour } from "../../parts/map/zone-colours.ts";
import styles from "./zones.module.css";

/** The sign of a zone: its colour, with its letter; hatched where none was published. */
export function ZoneSign({ zone }: { zone: Zone | null }) {
	const { ground } = useGround();
	const theme = useTheme();
	return (
		<i
			className={styles.sign}
			data-zone={zone ?? "none"}
			aria-hidden
			style={{
				background:
					zone === null
						? noDataCss(ground)
						: cssColour(zoneColour(zone, theme)),
			}}
		>
			{zone && ZONE_LETTERS[zone]}
		</i>
	);
}

/** A zone in words, with its sign. */
export function ZoneName({ zone }: { zone: Zone | null }) {
	const { t } = useLanguage();
	return (
		<span className={styles.name}>
			<ZoneSign zone={zone} />
			{zone === null ? t("zones.none") : t(`zones.zone.${zone}`)}
		</span>
	);
}
