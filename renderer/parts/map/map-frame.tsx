import type { ComponentProps, CSSProperties, ReactNode } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import { PanelNotice } from "../ui/panel.tsx";
import styles from "./map-panel.module.css";
import { cssColour, type MapColours } from "./palettes.ts";
import type { MapInBox } from "./use-situation-map.ts";

/** What lies on a map has the colours that it is drawn in. */
export function mapColoursCss(ground: MapColours): CSSProperties {
	return {
		"--map-sea": cssColour(ground.sea),
		"--map-border": ground.regencyLine,
		"--map-selected": ground.selectedLine,
	} as CSSProperties;
}

/** A map, and what lies over it. */
export function MapFrame({
	drawn: { box, ready, noWebgl, ground, leave, unnamed },
	label,
	testId,
	children,
}: {
	drawn: MapInBox;
	label: string;
	testId: string;
	children: ReactNode;
}) {
	const { t } = useLanguage();
	return (
		<div className={styles.frame} data-map-frame style={mapColoursCss(ground)}>
			<div
				ref={box}
				className={styles.box}
				role="img"
				aria-label={label}
				data-testid={testId}
				data-ready={ready || undefined}
				onMouseLeave={leave}
			/>
			{noWebgl && <OverMap role="alert">{t("map.noWebgl")}</OverMap>}
			{unnamed.length > 0 && (
				<p
					className={styles.unnamed}
					data-at-edge="middle"
					title={unnamed.map(({ name }) => name).join(", ")}
					data-testid="map-unnamed"
				>
					{t("map.unnamed", { count: unnamed.length })}
				</p>
			)}
			{children}
		</div>
	);
}

/** Said over the map as far as it is drawn. */
export function OverMap(notice: ComponentProps<typeof PanelNotice>) {
	return (
		<div className={styles.notice} data-at-edge>
			<PanelNotice {...notice} />
		</div>
	);
}
