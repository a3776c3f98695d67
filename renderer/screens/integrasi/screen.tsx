import { addTexts } from "../../i18n/add-texts.ts";
import { integrationEn } from "../../i18n/integration-en.ts";
import { integrationId } from "../../i18n/integration-id.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ScreenViews } from "../../parts/views/screen-views.tsx";
import { useSearch } from "../../state/search.ts";
import { useSelectedArea } from "../../state/selected-area.ts";
import { integrationSearch } from "./search.ts";
import { VIEWS } from "./views.ts";

addTexts("integration", { id: integrationId, en: integrationEn });

/** Who has reported, what conflicts, what is in quarantine, and how tables are read. */
export default function Integrasi() {
	const { t } = useLanguage();
	const { areas, failure, retry } = useSelectedArea();
	const [{ view }, change] = useSearch(integrationSearch);
	return (
		<ScreenViews
			views={VIEWS}
			view={view}
			choose={(key) => change({ view: key })}
			label={t("integration.views")}
			nameOf={(key) => t(`integration.view.${key}`)}
			testId="integration-views"
			given={areas && { areas }}
			failure={failure}
			retry={retry}
		/>
	);
}
