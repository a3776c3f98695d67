import { UnstyledButton } from "@mantine/core";
import { useMemo } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import { shortAreaName } from "../ui/area-name.ts";
import { farIslets, type MainBody } from "./main-body.ts";
import styles from "./outside-frame.module.css";

/** Says whose islets lie far beyond the frame, and where; pressed, the frame takes them in. */
export function OutsideFrame({
	body,
	whole,
	show,
}: {
	body: MainBody;
	/** The frame holds them now. */
	whole: boolean;
	show: (whole: boolean) => void;
}) {
	const { t } = useLanguage();
	const islets = useMemo(() => farIslets(body), [body]);
	if (islets.length === 0) return null;
	const places = islets.map(({ arrow, areas }) => {
		const names = areas.slice(0, 2).map(shortAreaName).join(", ");
		return `${arrow} ${names}${areas.length > 2 ? ` +${areas.length - 2}` : ""}`;
	});
	return (
		<UnstyledButton
			className={styles.outside}
			data-covers-map
			data-far-islets
			data-testid="map-outside"
			aria-pressed={whole}
			onClick={() => show(!whole)}
		>
			{t("map.outside", { places: places.join(" · ") })}
		</UnstyledButton>
	);
}
