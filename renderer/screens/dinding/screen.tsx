import { addTexts } from "../../i18n/add-texts.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { wallsEn } from "../../i18n/walls-en.ts";
import { wallsId } from "../../i18n/walls-id.ts";
import type { ScreenProps } from "../../navigation/screen-props.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { useView } from "../../state/view-state.ts";

addTexts("walls", { id: wallsId, en: wallsEn });

const WallView = fetched(() => import("./wall-view.tsx"));
const WallDesk = fetched(() => import("./wall-desk.tsx"));

/** What the room sees: arranged at the desk, shown on the wall. */
export default function Dinding(props: ScreenProps) {
	const { t } = useLanguage();
	const wall = useView((view) => view.wall);
	const waiting = (
		<main>
			<PanelNotice>{t("app.loading")}</PanelNotice>
		</main>
	);
	return wall ? (
		<WallView waiting={waiting} {...props} />
	) : (
		<WallDesk waiting={waiting} {...props} />
	);
}
