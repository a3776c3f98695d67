import { Button, Menu } from "@mantine/core";
import { UserRound } from "lucide-react";
import { useLanguage } from "../i18n/use-language.ts";
import { fetched } from "../parts/ui/fetched.tsx";
import { useSession } from "../state/session.ts";

const PersonChoices = fetched(() => import("./person-choices.tsx"));

/** Who works at this window, and in an exercise as what. */
export function PersonMenu() {
	const { t } = useLanguage();
	const { data: session } = useSession();
	if (!session) return null;
	return (
		<Menu position="bottom-end">
			<Menu.Target>
				<Button
					variant="default"
					size="xs"
					title={t("signIn.menu")}
					data-testid="person"
					leftSection={<UserRound size="1.1em" aria-hidden />}
				>
					{t(`signIn.role.${session.person?.role ?? "official"}`)}
				</Button>
			</Menu.Target>
			<Menu.Dropdown>
				<PersonChoices session={session} waiting={null} />
			</Menu.Dropdown>
		</Menu>
	);
}
