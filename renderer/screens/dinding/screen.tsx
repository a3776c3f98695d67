import { addTexts } from "../../i18n/add-texts.ts";
import { devicesEn } from "../../i18n/devices-en.ts";
import { devicesId } from "../../i18n/devices-id.ts";
import { gridsEn } from "../../i18n/grids-en.ts";
import { gridsId } from "../../i18n/grids-id.ts";
import { showEn } from "../../i18n/show-en.ts";
import { showId } from "../../i18n/show-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { wallsEn } from "../../i18n/walls-en.ts";
import { wallsId } from "../../i18n/walls-id.ts";
import type { ScreenProps } from "../../navigation/screen-props.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { useSearch } from "../../state/search.ts";
import { useView } from "../../state/view-state.ts";
import { wallSearch } from "./search.ts";

addTexts("walls", { id: wallsId, en: wallsEn });
addTexts("show", { id: showId, en: showEn });
addTexts("devices", { id: devicesId, en: devicesEn });
addTexts("grids", { id: gridsId, en: gridsEn });

const WallView = fetched(() => import("./wall-view.tsx"));
const Presenter = fetched(() => import("./presenter.tsx"));
const WallDesk = fetched(() => import("./wall-desk.tsx"));

/** What the room sees: arranged at the desk, shown on the wall. */
export default function Dinding(props: ScreenProps) {
	const { t } = useLanguage();
	const wall = useView((view) => view.wall);
	const [{ remote }] = useSearch(wallSearch);
	const waiting = (
		<main>
			<PanelNotice>{t("app.loading")}</PanelNotice>
		</main>
	);
	if (remote) return <Presenter waiting={waiting} {...props} />;
	return wall ? (
		<WallView waiting={waiting} {...props} />
	) : (
		<WallDesk waiting={waiting} {...props} />
	);
}
