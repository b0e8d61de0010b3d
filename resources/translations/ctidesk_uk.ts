<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="uk">
<context>
    <name>Abilities</name>
    <message>
        <source>No call</source>
        <translation>Немає дзвінка</translation>
    </message>
    <message>
        <source>No call to answer</source>
        <translation>Немає на що відповідати</translation>
    </message>
    <message>
        <source>No call to end</source>
        <translation>Немає дзвінка для завершення</translation>
    </message>
    <message>
        <source>No call to hold</source>
        <translation>Немає що утримувати</translation>
    </message>
    <message>
        <source>No call to transfer</source>
        <translation>Немає кого переводити</translation>
    </message>
    <message>
        <source>No connection to the PBX</source>
        <translation>Немає зв'язку з АТС</translation>
    </message>
    <message>
        <source>Not possible in this state of the call</source>
        <translation>Зараз для цього дзвінка неможливо</translation>
    </message>
    <message>
        <source>Pick up your phone to answer</source>
        <translation>Зніміть слухавку, щоб відповісти</translation>
    </message>
    <message>
        <source>The consultation is not answered yet</source>
        <translation>На консультацію ще не відповіли</translation>
    </message>
    <message>
        <source>The line cannot dial now</source>
        <translation>Зараз лінія не може набирати</translation>
    </message>
    <message>
        <source>There is a call already</source>
        <translation>Дзвінок уже є</translation>
    </message>
    <message>
        <source>There is no consultation</source>
        <translation>Немає консультації</translation>
    </message>
    <message>
        <source>This PBX gives no recordings</source>
        <translation>Ця АТС не дає записів</translation>
    </message>
    <message>
        <source>You are consulting already</source>
        <translation>Консультація вже триває</translation>
    </message>
</context>
<context>
    <name>About</name>
    <message>
        <source>A desktop panel for operators of the Oktell and Webitel PBXs.</source>
        <translation>Панель для операторів АТС Oktell і Webitel.</translation>
    </message>
    <message>
        <source>About ctidesk</source>
        <translation>Про програму ctidesk</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрити</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Діагностика</translation>
    </message>
    <message>
        <source>Licence: {name}</source>
        <translation>Ліцензія: {name}</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Версія {version}</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>No tray on this desktop</source>
        <translation>На цьому робочому столі немає області сповіщень</translation>
    </message>
    <message>
        <source>ctidesk stays in its window. Closing it minimises it; Ctrl+Q ends ctidesk.</source>
        <translation>ctidesk залишиться у вікні. Закриття згортає його; Ctrl+Q завершує ctidesk.</translation>
    </message>
</context>
<context>
    <name>Callers</name>
    <message>
        <source>Open card</source>
        <translation>Відкрити картку</translation>
    </message>
    <message>
        <source>Say who it is</source>
        <translation>Указати, хто це</translation>
    </message>
    <message>
        <source>Several have this number: {count}</source>
        <translation>З цим номером кілька: {count}</translation>
    </message>
    <message>
        <source>Show the caller in your company's own program</source>
        <translation>Показати абонента в програмі вашої компанії</translation>
    </message>
    <message>
        <source>Who is calling?</source>
        <translation>Хто дзвонить?</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>The connection could not be opened because of a defect in this program.</source>
        <translation>Не вдалося під'єднатися через помилку в цій програмі.</translation>
    </message>
</context>
<context>
    <name>Contacts</name>
    <message>
        <source>A file of vCards says itself what is what.</source>
        <translation>У файлі vCard усе позначено само.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Додати</translation>
    </message>
    <message>
        <source>Add to contacts</source>
        <translation>До контактів</translation>
    </message>
    <message>
        <source>Added by hand</source>
        <translation>Додані вручну</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адреса</translation>
    </message>
    <message>
        <source>Address of the card</source>
        <translation>Адреса картки</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Усі файли (*)</translation>
    </message>
    <message>
        <source>Area code</source>
        <translation>Код міста</translation>
    </message>
    <message>
        <source>Authorization</source>
        <translation>Авторизація</translation>
    </message>
    <message>
        <source>Between columns</source>
        <translation>Роздільник</translation>
    </message>
    <message>
        <source>CSV tables and vCards</source>
        <translation>Таблиці CSV і vCard</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Скасувати</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Вибрати…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрити</translation>
    </message>
    <message>
        <source>Column {number}</source>
        <translation>Стовпець {number}</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Кома</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Компанія</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Контакти</translation>
    </message>
    <message>
        <source>Contacts (*.csv *.tsv *.txt *.vcf *.vcard)</source>
        <translation>Контакти (*.csv *.tsv *.txt *.vcf *.vcard)</translation>
    </message>
    <message>
        <source>Contacts imported: {count}</source>
        <translation>Завантажено контактів: {count}</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Країна</translation>
    </message>
    <message>
        <source>Directory and contacts</source>
        <translation>Номери й контакти</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Ел. пошта</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Кодування</translation>
    </message>
    <message>
        <source>From files</source>
        <translation>З файлів</translation>
    </message>
    <message>
        <source>How numbers are dialled</source>
        <translation>Як набирають номери</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Код</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Завантажити</translation>
    </message>
    <message>
        <source>Import contacts</source>
        <translation>Завантаження контактів</translation>
    </message>
    <message>
        <source>Import file…</source>
        <translation>Завантажити файл…</translation>
    </message>
    <message>
        <source>Internal numbers</source>
        <translation>Внутрішні номери</translation>
    </message>
    <message>
        <source>It is asked (GET) who has the number of a call, and answers in JSON within two seconds. {number} is the number as it came, {party} the international form, {digits} its digits.</source>
        <translation>Її запитують (GET), чий це номер, і вона відповідає в JSON не довше двох секунд. {number} — номер, як він прийшов, {party} — міжнародний вигляд, {digits} — його цифри.</translation>
    </message>
    <message>
        <source>Its CSV tables and vCards are read anew whenever they change.</source>
        <translation>Таблиці CSV і vCard з неї читаються знову, коли змінюються.</translation>
    </message>
    <message>
        <source>Looking at the file…</source>
        <translation>Файл переглядається…</translation>
    </message>
    <message>
        <source>Lookup in your company's program</source>
        <translation>Пошук у програмі вашої компанії</translation>
    </message>
    <message>
        <source>Meaning of {column}</source>
        <translation>Що означає {column}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Ім’я</translation>
    </message>
    <message>
        <source>No contacts yet</source>
        <translation>Контактів поки немає</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Не потрібно</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Нотатка</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Outside line</source>
        <translation>Вихід на місто</translation>
    </message>
    <message>
        <source>People in the answer</source>
        <translation>Люди у відповіді</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Посада</translation>
    </message>
    <message>
        <source>Remove the contacts of {file}</source>
        <translation>Прибрати контакти: {file}</translation>
    </message>
    <message>
        <source>Say which column holds the numbers.</source>
        <translation>Укажіть, у якому стовпці номери.</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Крапка з комою</translation>
    </message>
    <message>
        <source>Sent as the header of this name, for example: Bearer and a key.</source>
        <translation>Надсилається як заголовок Authorization, наприклад: Bearer і ключ.</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Табуляція</translation>
    </message>
    <message>
        <source>The beginning of the file</source>
        <translation>Початок файлу</translation>
    </message>
    <message>
        <source>The contact was not added: its file cannot be written now.</source>
        <translation>Контакт не додано: файл зараз не записується.</translation>
    </message>
    <message>
        <source>The file of contacts was damaged and a new one was begun. The old file is kept: {file}</source>
        <translation>Файл контактів було пошкоджено, почато новий. Старий файл збережено: {file}</translation>
    </message>
    <message>
        <source>The first one: {contact}</source>
        <translation>Перший: {contact}</translation>
    </message>
    <message>
        <source>The first row names the columns</source>
        <translation>У першому рядку назви стовпців</translation>
    </message>
    <message>
        <source>There are none</source>
        <translation>Їх немає</translation>
    </message>
    <message>
        <source>There is no number in these rows.</source>
        <translation>У цих рядках немає номерів.</translation>
    </message>
    <message>
        <source>This is how the file was understood. Change what is wrong.</source>
        <translation>Так зрозуміло файл. Виправте, що неправильно.</translation>
    </message>
    <message>
        <source>This was not possible; the contacts are as they were. ({reason})</source>
        <translation>Не вдалося; контакти лишилися, як були. ({reason})</translation>
    </message>
    <message>
        <source>Type a name</source>
        <translation>Введіть ім’я</translation>
    </message>
    <message>
        <source>Up to {count} digits</source>
        <translation>До {count} цифр</translation>
    </message>
    <message>
        <source>Up to {number} digits</source>
        <translation>До {number} цифр</translation>
    </message>
    <message>
        <source>Watched folder</source>
        <translation>Папка під наглядом</translation>
    </message>
    <message>
        <source>from the folder</source>
        <translation>з папки</translation>
    </message>
    <message>
        <source>{count} contacts</source>
        <translation>Контактів: {count}</translation>
    </message>
    <message>
        <source>{file} in the folder of contacts cannot be read. ({reason})</source>
        <translation>Файл {file} у папці контактів не читається. ({reason})</translation>
    </message>
</context>
<context>
    <name>Creatio</name>
    <message>
        <source>Incoming call</source>
        <translation>Вхідний дзвінок</translation>
    </message>
    <message>
        <source>Missed call</source>
        <translation>Пропущений дзвінок</translation>
    </message>
    <message>
        <source>Outgoing call</source>
        <translation>Вихідний дзвінок</translation>
    </message>
    <message>
        <source>Queue: {name}</source>
        <translation>Черга: {name}</translation>
    </message>
    <message>
        <source>Transferred to: {number}</source>
        <translation>Переведено на: {number}</translation>
    </message>
</context>
<context>
    <name>Demo</name>
    <message>
        <source>Call later</source>
        <translation>Передзвонити пізніше</translation>
    </message>
    <message>
        <source>Lunch</source>
        <translation>Обід</translation>
    </message>
    <message>
        <source>Order placed</source>
        <translation>Замовлення оформлено</translation>
    </message>
    <message>
        <source>Report until three</source>
        <translation>Звіт до третьої</translation>
    </message>
</context>
<context>
    <name>Diagnostics</name>
    <message>
        <source>Attempts and losses</source>
        <translation>Спроби та обриви</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Під’єднано</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Під’єднання</translation>
    </message>
    <message>
        <source>Connecting, attempt {number}</source>
        <translation>Під’єднання, спроба {number}</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Під’єднання</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Скопійовано.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копіювати</translation>
    </message>
    <message>
        <source>Copy what is shown here</source>
        <translation>Скопіювати те, що тут показано</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Діагностика</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>Лише помилки</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Усе</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Log level</source>
        <translation>Докладність журналу</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Повідомлення</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Не під’єднано</translation>
    </message>
    <message>
        <source>Not connected, no further attempt by itself</source>
        <translation>Не під’єднано, нових спроб не буде</translation>
    </message>
    <message>
        <source>Nothing is recorded.</source>
        <translation>Нічого не записано.</translation>
    </message>
    <message>
        <source>Passwords and session keys are replaced by ***.</source>
        <translation>Паролі та ключі сеансів замінюються на ***.</translation>
    </message>
    <message>
        <source>Record the messages to and from the PBX</source>
        <translation>Записувати обмін повідомленнями з АТС</translation>
    </message>
    <message>
        <source>Reports (*.zip)</source>
        <translation>Звіти (*.zip)</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Зберегти звіт</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Зберегти звіт…</translation>
    </message>
    <message>
        <source>Settings, versions, log and messages in one file, without passwords</source>
        <translation>Налаштування, версії, журнал і повідомлення в одному файлі, без паролів</translation>
    </message>
    <message>
        <source>State now</source>
        <translation>Зараз</translation>
    </message>
    <message>
        <source>The report could not be written. {reason}</source>
        <translation>Не вдалося записати звіт. {reason}</translation>
    </message>
    <message>
        <source>The report was written. It holds no password.</source>
        <translation>Звіт записано. Паролів у ньому немає.</translation>
    </message>
    <message>
        <source>Unreadable messages</source>
        <translation>Нечитабельні повідомлення</translation>
    </message>
    <message>
        <source>Waiting for attempt {number}</source>
        <translation>Очікування спроби {number}</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Попередження та помилки</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Що відбувається</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>A month</source>
        <translation>Місяць</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>Рік</translation>
    </message>
    <message>
        <source>Abonent {number}</source>
        <translation>Абонент {number}</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>Додати нотатку</translation>
    </message>
    <message>
        <source>Add to contacts…</source>
        <translation>До контактів…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Усі</translation>
    </message>
    <message>
        <source>All calls</source>
        <translation>Усі дзвінки</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>Ще раз</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Передзвонити</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Дзвінки</translation>
    </message>
    <message>
        <source>Calls go on and are kept. It is tried again by itself.</source>
        <translation>Дзвінки тривають і збережуться. Спроба повториться сама.</translation>
    </message>
    <message>
        <source>Calls written to {file}: {count}</source>
        <translation>Записано дзвінків у {file}: {count}</translation>
    </message>
    <message>
        <source>Done: {percent} %</source>
        <translation>Готово: {percent} %</translation>
    </message>
    <message>
        <source>Each call stands here from its first ring on.</source>
        <translation>Кожен дзвінок видно тут із першого гудка.</translation>
    </message>
    <message>
        <source>Edit note</source>
        <translation>Змінити нотатку</translation>
    </message>
    <message>
        <source>Export calls</source>
        <translation>Експорт дзвінків</translation>
    </message>
    <message>
        <source>Export history as CSV</source>
        <translation>Експорт історії в CSV</translation>
    </message>
    <message>
        <source>Exported calls (*.json *.jsonl)</source>
        <translation>Експортовані дзвінки (*.json *.jsonl)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Експорт…</translation>
    </message>
    <message>
        <source>Files can be written and read as soon as the desk is set up.</source>
        <translation>Файли можна записувати й читати, коли підключення налаштовано.</translation>
    </message>
    <message>
        <source>Filter history</source>
        <translation>Пошук в історії</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>Завжди</translation>
    </message>
    <message>
        <source>For programs and other desks (*.json)</source>
        <translation>Для програм та інших робочих місць (*.json)</translation>
    </message>
    <message>
        <source>Half a year</source>
        <translation>Пів року</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Історія</translation>
    </message>
    <message>
        <source>History, {count} missed</source>
        <translation>Історія, пропущено: {count}</translation>
    </message>
    <message>
        <source>Import calls</source>
        <translation>Імпорт дзвінків</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Імпорт…</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Вхід.</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Вхідний дзвінок</translation>
    </message>
    <message>
        <source>Keep calls</source>
        <translation>Зберігати дзвінки</translation>
    </message>
    <message>
        <source>Lines that are no calls: {count}, the first is line {number}: {reason}</source>
        <translation>Рядків без дзвінків: {count}, перший — рядок {number}: {reason}</translation>
    </message>
    <message>
        <source>Menu {name}</source>
        <translation>Меню {name}</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Пропущ.</translation>
    </message>
    <message>
        <source>Missed call</source>
        <translation>Пропущений дзвінок</translation>
    </message>
    <message>
        <source>Missed, not called back today: {count}</source>
        <translation>Пропущені, сьогодні без відповіді: {count}</translation>
    </message>
    <message>
        <source>Name, number, queue or note</source>
        <translation>Ім’я, номер, черга або нотатка</translation>
    </message>
    <message>
        <source>Names, numbers, queues and notes are searched.</source>
        <translation>Пошук іде за іменами, номерами, чергами й нотатками.</translation>
    </message>
    <message>
        <source>New calls: {added} · changed: {updated} · known: {unchanged}</source>
        <translation>Нових дзвінків: {added} · змінено: {updated} · уже було: {unchanged}</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>Дзвінків поки немає</translation>
    </message>
    <message>
        <source>No incoming calls</source>
        <translation>Вхідних дзвінків немає</translation>
    </message>
    <message>
        <source>No missed calls</source>
        <translation>Пропущених дзвінків немає</translation>
    </message>
    <message>
        <source>No outgoing calls</source>
        <translation>Вихідних дзвінків немає</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Нотатка</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Нічого не знайдено</translation>
    </message>
    <message>
        <source>Older calls are removed once a day, and their room on the disk is given back.</source>
        <translation>Давніші дзвінки вилучаються раз на день, місце на диску звільняється.</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Вихід.</translation>
    </message>
    <message>
        <source>Outgoing call</source>
        <translation>Вихідний дзвінок</translation>
    </message>
    <message>
        <source>Play recording</source>
        <translation>Прослухати запис</translation>
    </message>
    <message>
        <source>Queue {name}</source>
        <translation>Черга {name}</translation>
    </message>
    <message>
        <source>Stopped. No file was written.</source>
        <translation>Зупинено. Файл не записано.</translation>
    </message>
    <message>
        <source>Stopped. What was taken in so far stays.</source>
        <translation>Зупинено. Прийняте до цього залишається.</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Таблиці (*.csv)</translation>
    </message>
    <message>
        <source>Take in calls of another desk; nothing that is here is lost</source>
        <translation>Прийняти дзвінки іншого робочого місця; тутешні не зникнуть</translation>
    </message>
    <message>
        <source>The file could not be read: {reason}</source>
        <translation>Файл не прочитано: {reason}</translation>
    </message>
    <message>
        <source>The file could not be written: {reason}</source>
        <translation>Файл не записано: {reason}</translation>
    </message>
    <message>
        <source>The list of calls cannot be read now</source>
        <translation>Список дзвінків зараз не читається</translation>
    </message>
    <message>
        <source>The note is kept and will be saved when that is possible.</source>
        <translation>Нотатку не втрачено, її буде збережено, щойно це стане можливо.</translation>
    </message>
    <message>
        <source>Three months</source>
        <translation>Три місяці</translation>
    </message>
    <message>
        <source>Three years</source>
        <translation>Три роки</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сьогодні</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Невідомий</translation>
    </message>
    <message>
        <source>Which calls</source>
        <translation>Які дзвінки</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Учора</translation>
    </message>
    <message>
        <source>answered by somebody else</source>
        <translation>відповів хтось інший</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>зайнято</translation>
    </message>
    <message>
        <source>called back {time}</source>
        <translation>передзвонили {time}</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>відхилено</translation>
    </message>
    <message>
        <source>end not seen</source>
        <translation>кінець невідомий</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>не вдався</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>немає відповіді</translation>
    </message>
    <message>
        <source>not called back: {count}</source>
        <translation>чекають дзвінка: {count}</translation>
    </message>
    <message>
        <source>now</source>
        <translation>зараз</translation>
    </message>
    <message>
        <source>on hold {time}</source>
        <translation>на утриманні {time}</translation>
    </message>
    <message>
        <source>transferred</source>
        <translation>переведено</translation>
    </message>
    <message>
        <source>transferred → {name}</source>
        <translation>переведено → {name}</translation>
    </message>
    <message>
        <source>{number} days</source>
        <translation>Днів: {number}</translation>
    </message>
</context>
<context>
    <name>Integration</name>
    <message>
        <source>A number to look up</source>
        <translation>Номер для перевірки</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адреса</translation>
    </message>
    <message>
        <source>And others: {count}</source>
        <translation>І ще: {count}</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Запит надіслано…</translation>
    </message>
    <message>
        <source>By a button</source>
        <translation>Кнопкою</translation>
    </message>
    <message>
        <source>CRM and events</source>
        <translation>CRM і події</translation>
    </message>
    <message>
        <source>Call events are not delivered</source>
        <translation>Події дзвінків не доставляються</translation>
    </message>
    <message>
        <source>Calls are not saved in Creatio</source>
        <translation>Дзвінки не зберігаються в Creatio</translation>
    </message>
    <message>
        <source>Creatio is not used</source>
        <translation>Creatio не використовується</translation>
    </message>
    <message>
        <source>Events are signed with it (HMAC-SHA256), so that the receiver can tell who sent them.</source>
        <translation>Ним підписуються події (HMAC-SHA256), щоб одержувач знав, від кого вони.</translation>
    </message>
    <message>
        <source>Events of calls for other programs</source>
        <translation>Події дзвінків для інших програм</translation>
    </message>
    <message>
        <source>Find callers among its contacts and accounts</source>
        <translation>Шукати абонентів серед її контактів і контрагентів</translation>
    </message>
    <message>
        <source>Give the events to programs of mine on this computer</source>
        <translation>Віддавати події моїм програмам на цьому комп’ютері</translation>
    </message>
    <message>
        <source>It answers. Nobody was found under this number.</source>
        <translation>Відповідь є. За цим номером нікого не знайдено.</translation>
    </message>
    <message>
        <source>It does not accept the login or the password. Check both in the settings.</source>
        <translation>Логін або пароль не підходить. Перевірте їх у налаштуваннях.</translation>
    </message>
    <message>
        <source>Its password is missing. Enter it in the settings.</source>
        <translation>Немає пароля. Введіть його в налаштуваннях.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Логін</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Ніколи</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Відкривати</translation>
    </message>
    <message>
        <source>Or a program</source>
        <translation>Або програма</translation>
    </message>
    <message>
        <source>Other schemes</source>
        <translation>Інші схеми</translation>
    </message>
    <message>
        <source>Over a local socket, as lines of JSON. Nobody else can read it.</source>
        <translation>Через локальний сокет, рядками JSON. Більше ніхто їх не прочитає.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Places: {number}, {name}, {direction}, {queue}, {call_id}, {record_id}. {card} alone is the address that a lookup or Creatio has given.</source>
        <translation>Можна вставити: {number}, {name}, {direction}, {queue}, {call_id}, {record_id}. Саме {card} — адреса, яку дали пошук або Creatio.</translation>
    </message>
    <message>
        <source>Save each call there as an activity</source>
        <translation>Зберігати там кожен дзвінок як активність</translation>
    </message>
    <message>
        <source>Send to</source>
        <translation>Надсилати на</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Перевірити</translation>
    </message>
    <message>
        <source>The caller's card</source>
        <translation>Картка абонента</translation>
    </message>
    <message>
        <source>The program, then each argument on a line of its own</source>
        <translation>Програма, потім кожен аргумент у своєму рядку</translation>
    </message>
    <message>
        <source>There was no answer to use: {reason}</source>
        <translation>Немає придатної відповіді: {reason}</translation>
    </message>
    <message>
        <source>They are kept and sent as soon as that is possible. Calls go on.</source>
        <translation>Їх збережено й буде надіслано, щойно стане можливо. Дзвінки тривають.</translation>
    </message>
    <message>
        <source>When I answer</source>
        <translation>Коли відповідаю</translation>
    </message>
    <message>
        <source>When it rings</source>
        <translation>Коли дзвонить</translation>
    </message>
</context>
<context>
    <name>Journal</name>
    <message>
        <source>Calls cannot be saved because of a defect in this program. Calls go on.</source>
        <translation>Дзвінки не зберігаються через помилку в цій програмі. Розмови тривають.</translation>
    </message>
    <message>
        <source>Calls cannot be saved. Look into the diagnostics.</source>
        <translation>Дзвінки не зберігаються. Подивіться в діагностиці.</translation>
    </message>
    <message>
        <source>Calls cannot be saved: another program is using the list of calls.</source>
        <translation>Дзвінки не зберігаються: список дзвінків зайнятий іншою програмою.</translation>
    </message>
    <message>
        <source>Calls cannot be saved: the disk does not answer.</source>
        <translation>Дзвінки не зберігаються: диск не відповідає.</translation>
    </message>
    <message>
        <source>Calls cannot be saved: the list of calls is of a newer version. Update this program.</source>
        <translation>Дзвінки не зберігаються: список дзвінків від новішої версії. Оновіть програму.</translation>
    </message>
    <message>
        <source>Calls cannot be saved: this program may not write into its folder.</source>
        <translation>Дзвінки не зберігаються: немає права писати в теку програми.</translation>
    </message>
    <message>
        <source>Calls go on; they are kept and will be saved when that is possible.</source>
        <translation>Розмови тривають; дзвінки збережуться, коли це стане можливо.</translation>
    </message>
    <message>
        <source>The disk does not take the calls: it may be full or broken.</source>
        <translation>Диск не приймає дзвінки: він заповнений або несправний.</translation>
    </message>
    <message>
        <source>The disk is full: calls cannot be saved. Make room on it.</source>
        <translation>Диск заповнений: дзвінки не зберігаються. Звільніть місце.</translation>
    </message>
    <message>
        <source>The list of calls was damaged and a new one was begun. The old file is kept: {file}</source>
        <translation>Список дзвінків було пошкоджено, почато новий. Старий файл збережено: {file}</translation>
    </message>
</context>
<context>
    <name>Model</name>
    <message>
        <source>A part of this program failed over an event. Calls go on; restart it if something looks wrong.</source>
        <translation>Збій у частині програми. Розмови тривають; якщо щось має неправильний вигляд, перезапустіть її.</translation>
    </message>
    <message>
        <source>It ended while there was no connection to the PBX.</source>
        <translation>Він закінчився, поки не було зв’язку з АТС.</translation>
    </message>
    <message>
        <source>Nobody with this number is in the conference.</source>
        <translation>У конференції немає нікого з цим номером.</translation>
    </message>
    <message>
        <source>Only the tones 0 to 9, * and # can be sent.</source>
        <translation>Можна передати лише тони 0–9, * і #.</translation>
    </message>
    <message>
        <source>Something in this program failed. Calls go on.</source>
        <translation>Збій у програмі. Розмови тривають.</translation>
    </message>
    <message>
        <source>The connection to the PBX was lost during the call.</source>
        <translation>Під час дзвінка зник зв’язок з АТС.</translation>
    </message>
    <message>
        <source>There is no call for a picture.</source>
        <translation>Немає дзвінка для відео.</translation>
    </message>
    <message>
        <source>There is no call to answer.</source>
        <translation>Немає на що відповідати.</translation>
    </message>
    <message>
        <source>There is no call to consult about.</source>
        <translation>Немає дзвінка для консультації.</translation>
    </message>
    <message>
        <source>There is no call to end.</source>
        <translation>Немає дзвінка для завершення.</translation>
    </message>
    <message>
        <source>There is no call to mute.</source>
        <translation>Немає дзвінка: вимикати мікрофон не потрібно.</translation>
    </message>
    <message>
        <source>There is no call to put on hold.</source>
        <translation>Немає дзвінка для утримання.</translation>
    </message>
    <message>
        <source>There is no call to send tones in.</source>
        <translation>Немає дзвінка для тонів.</translation>
    </message>
    <message>
        <source>There is no call to transfer.</source>
        <translation>Немає дзвінка для переведення.</translation>
    </message>
    <message>
        <source>There is no connection to the PBX.</source>
        <translation>Немає зв'язку з АТС.</translation>
    </message>
    <message>
        <source>There is no consultation.</source>
        <translation>Немає консультації.</translation>
    </message>
    <message>
        <source>ctidesk was closed during the call.</source>
        <translation>ctidesk закрили під час дзвінка.</translation>
    </message>
</context>
<context>
    <name>Number</name>
    <message>
        <source>A plus sign can only stand at the beginning of a number.</source>
        <translation>Плюс може стояти лише на початку номера.</translation>
    </message>
    <message>
        <source>Enter a number.</source>
        <translation>Введіть номер.</translation>
    </message>
    <message>
        <source>The number has characters that cannot be dialled. Enter digits, +, * or # only.</source>
        <translation>У номері є знаки, які не можна набрати. Вводьте лише цифри, +, * або #.</translation>
    </message>
    <message>
        <source>The number has letters. Enter digits, +, * or # only.</source>
        <translation>У номері є літери. Вводьте лише цифри, +, * або #.</translation>
    </message>
    <message>
        <source>The number is too long.</source>
        <translation>Номер задовгий.</translation>
    </message>
    <message>
        <source>This address names no phone number.</source>
        <translation>У цій адресі немає номера телефону.</translation>
    </message>
    <message>
        <source>This is not the address of a phone number.</source>
        <translation>Це не адреса телефонного номера.</translation>
    </message>
</context>
<context>
    <name>Oktell</name>
    <message>
        <source>After-call work</source>
        <translation>Обробка дзвінка</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Перерва</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Не турбувати</translation>
    </message>
    <message>
        <source>No secure connection could be made. Check whether this port uses TLS.</source>
        <translation>Не вдалося створити захищене з'єднання. Перевірте, чи працює цей порт за TLS.</translation>
    </message>
    <message>
        <source>Nobody is on hold.</source>
        <translation>На утриманні нікого немає.</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Не в мережі</translation>
    </message>
    <message>
        <source>Phone not connected</source>
        <translation>Телефон не під'єднано</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готовий</translation>
    </message>
    <message>
        <source>Ready, calls by hand</source>
        <translation>Готовий, набір вручну</translation>
    </message>
    <message>
        <source>Redirect</source>
        <translation>Переадресація</translation>
    </message>
    <message>
        <source>Something answers at this address, but it is no Oktell PBX. Check the address.</source>
        <translation>За цією адресою відповідає не АТС Oktell. Перевірте адресу.</translation>
    </message>
    <message>
        <source>Something in this program failed. Calls go on.</source>
        <translation>Збій у програмі. Розмови тривають.</translation>
    </message>
    <message>
        <source>The Oktell desktop client is already logged in with this name. Close it there.</source>
        <translation>Під цим ім'ям уже працює настільний клієнт Oktell. Закрийте його там.</translation>
    </message>
    <message>
        <source>The PBX answered, but the line could not be opened. The next attempt follows by itself.</source>
        <translation>АТС відповіла, але лінія не відкрилася. Наступна спроба буде сама.</translation>
    </message>
    <message>
        <source>The PBX cannot be reached. The next attempt follows by itself.</source>
        <translation>АТС недоступна. Наступна спроба буде сама.</translation>
    </message>
    <message>
        <source>The PBX does not accept this login or password. Correct them and connect again.</source>
        <translation>АТС не приймає цей логін або пароль. Виправте їх і під'єднайтеся знову.</translation>
    </message>
    <message>
        <source>The PBX does not log you in and does not say why. Ask your administrator.</source>
        <translation>АТС не пускає вас і не каже чому. Зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The PBX has forgotten this login. Enter the password and connect again.</source>
        <translation>АТС забула цей вхід. Введіть пароль і під'єднайтеся знову.</translation>
    </message>
    <message>
        <source>The PBX has not answered in time. Look at the call and try again.</source>
        <translation>АТС не відповіла вчасно. Подивіться на дзвінок і спробуйте ще раз.</translation>
    </message>
    <message>
        <source>The PBX has not switched to the held caller. Try again.</source>
        <translation>АТС не перемкнулася на абонента на утриманні. Спробуйте ще раз.</translation>
    </message>
    <message>
        <source>The PBX has refused. Try again or ask your administrator.</source>
        <translation>АТС відмовила. Спробуйте ще раз або зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The PBX hung up during the login. Try again; then ask your administrator.</source>
        <translation>АТС перервала вхід. Спробуйте ще раз, потім зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The PBX is not ready yet. The next attempt follows by itself.</source>
        <translation>АТС ще не готова. Наступна спроба буде сама.</translation>
    </message>
    <message>
        <source>The PBX is not ready yet. Try again in a minute.</source>
        <translation>АТС ще не готова. Спробуйте за хвилину.</translation>
    </message>
    <message>
        <source>The PBX let you in, but did not tell the state of your line. Try again; if it stays so, ask your administrator.</source>
        <translation>АТС пустила вас, але не повідомила стан лінії. Спробуйте ще раз; якщо не допоможе, зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The PBX licence allows no more users now. Ask your administrator.</source>
        <translation>Ліцензія АТС не допускає більше користувачів. Зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The PBX refuses this call. Check the number.</source>
        <translation>АТС відхиляє цей дзвінок. Перевірте номер.</translation>
    </message>
    <message>
        <source>The call has ended. There is nothing to answer.</source>
        <translation>Дзвінок закінчився. Відповідати немає на що.</translation>
    </message>
    <message>
        <source>The server address is missing or wrong. Correct it and connect again.</source>
        <translation>Адресу сервера не вказано або вона хибна. Виправте її та під'єднайтеся знову.</translation>
    </message>
    <message>
        <source>The server does not let this computer in. Ask your administrator.</source>
        <translation>Сервер не пускає цей комп'ютер. Зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The server refuses the connection. Check the address and the port.</source>
        <translation>Сервер відхиляє з'єднання. Перевірте адресу та порт.</translation>
    </message>
    <message>
        <source>The server's certificate cannot be trusted, so nothing was sent. Ask your administrator for the right address or certificate file.</source>
        <translation>Сертифікату сервера не можна довіряти, тому нічого не надіслано. Попросіть в адміністратора правильну адресу або файл сертифіката.</translation>
    </message>
    <message>
        <source>The server's name was not found. Check the address and the network.</source>
        <translation>Ім'я сервера не знайдено. Перевірте адресу та мережу.</translation>
    </message>
    <message>
        <source>There is a call on hold already. Complete or cancel that first.</source>
        <translation>На утриманні вже є дзвінок. Спочатку завершіть або скасуйте його.</translation>
    </message>
    <message>
        <source>There is no connection to the PBX. Wait until it is back.</source>
        <translation>Немає зв'язку з АТС. Зачекайте, доки він відновиться.</translation>
    </message>
    <message>
        <source>There is no number to redirect to. Enter one.</source>
        <translation>Немає номера для переадресації. Введіть його.</translation>
    </message>
    <message>
        <source>There is no number. Enter one.</source>
        <translation>Немає номера. Введіть його.</translation>
    </message>
    <message>
        <source>There is no password. Enter it and connect again.</source>
        <translation>Немає пароля. Введіть його та під'єднайтеся знову.</translation>
    </message>
    <message>
        <source>There is no talk to transfer. Answer first.</source>
        <translation>Немає розмови для переведення. Спочатку дайте відповідь.</translation>
    </message>
    <message>
        <source>This PBX is too old for that. Ask your administrator.</source>
        <translation>Ця АТС застара для цього. Зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>This state cannot be chosen.</source>
        <translation>Цей стан не можна вибрати.</translation>
    </message>
    <message>
        <source>You are in a conference. Leave it first.</source>
        <translation>Ви в конференції. Спочатку вийдіть із неї.</translation>
    </message>
    <message>
        <source>You are talking with this number already.</source>
        <translation>Ви вже розмовляєте з цим номером.</translation>
    </message>
    <message>
        <source>Your line is busy with another call. End that one first.</source>
        <translation>Ваша лінія зайнята іншим дзвінком. Спочатку завершіть його.</translation>
    </message>
    <message>
        <source>Your phone cannot be answered from here. Pick it up by hand.</source>
        <translation>На ваш телефон не можна відповісти звідси. Зніміть слухавку.</translation>
    </message>
    <message>
        <source>Your phone is not connected to the PBX. Check the phone.</source>
        <translation>Ваш телефон не під'єднано до АТС. Перевірте телефон.</translation>
    </message>
    <message>
        <source>Your phone is not registered at the PBX. Switch it on, check its cable and its login, or ask your administrator.</source>
        <translation>Ваш телефон не зареєстровано на АТС. Увімкніть його, перевірте кабель і логін або зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>Your state is busy. Become ready first.</source>
        <translation>Ви зайняті. Спочатку станьте готовим.</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>A supervisor cannot invite others</source>
        <translation>Супервізор не може запрошувати інших</translation>
    </message>
    <message>
        <source>Abonent</source>
        <translation>Абонент</translation>
    </message>
    <message>
        <source>Abonents</source>
        <translation>Абоненти</translation>
    </message>
    <message>
        <source>Add to conference</source>
        <translation>До конференції</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Додати в обране</translation>
    </message>
    <message>
        <source>Add to the conference…</source>
        <translation>Додати до конференції…</translation>
    </message>
    <message>
        <source>Agent state</source>
        <translation>Стан оператора</translation>
    </message>
    <message>
        <source>Agent state: {state}</source>
        <translation>Стан оператора: {state}</translation>
    </message>
    <message>
        <source>All hear each other</source>
        <translation>Усі чують одне одного</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Відповісти</translation>
    </message>
    <message>
        <source>Ask first</source>
        <translation>Спершу спитати</translation>
    </message>
    <message>
        <source>Barge</source>
        <translation>Втруч.</translation>
    </message>
    <message>
        <source>Barge in</source>
        <translation>Втрутитися</translation>
    </message>
    <message>
        <source>Barged in</source>
        <translation>Ви в розмові</translation>
    </message>
    <message>
        <source>Best matches</source>
        <translation>Найкращі збіги</translation>
    </message>
    <message>
        <source>Both sides hear you.</source>
        <translation>Вас чують обидві сторони.</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Зайнято</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Подзвонити</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>Подзвонити ще раз</translation>
    </message>
    <message>
        <source>Call centre</source>
        <translation>Колцентр</translation>
    </message>
    <message>
        <source>Call ended: {whom}</source>
        <translation>Дзвінок завершено: {whom}</translation>
    </message>
    <message>
        <source>Call, their phone first</source>
        <translation>Подзвонити, спочатку абоненту</translation>
    </message>
    <message>
        <source>Callers who wait for an operator stand here.</source>
        <translation>Тут стоять ті, хто чекає на оператора.</translation>
    </message>
    <message>
        <source>Calling</source>
        <translation>Виклик</translation>
    </message>
    <message>
        <source>Calling: {whom}</source>
        <translation>Виклик: {whom}</translation>
    </message>
    <message>
        <source>Calls cannot be saved now</source>
        <translation>Дзвінки зараз не зберігаються</translation>
    </message>
    <message>
        <source>Calls may ring at your phone but not here.</source>
        <translation>Дзвінки можуть надходити на телефон, але не сюди.</translation>
    </message>
    <message>
        <source>Calls may ring at your phone but not here. Connecting…</source>
        <translation>Дзвінки можуть надходити на телефон, але не сюди. Під'єднання…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Скасувати</translation>
    </message>
    <message>
        <source>Cancel, back to caller</source>
        <translation>Скасувати, назад до абонента</translation>
    </message>
    <message>
        <source>Choose in the menu what to do with this person</source>
        <translation>Виберіть у меню, що зробити з цим абонентом</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Очистити</translation>
    </message>
    <message>
        <source>Complete transfer</source>
        <translation>Завершити переведення</translation>
    </message>
    <message>
        <source>Conf.</source>
        <translation>Конф.</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>Конференція</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Підключитися</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Під'єднання…</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>З'єднання</translation>
    </message>
    <message>
        <source>Connection: connected to the PBX</source>
        <translation>З'єднання: є зв'язок з АТС</translation>
    </message>
    <message>
        <source>Connection: connecting…</source>
        <translation>З'єднання: під'єднання…</translation>
    </message>
    <message>
        <source>Connection: none, waiting for the next attempt. Click to reconnect now</source>
        <translation>З'єднання: немає, очікування наступної спроби. Натисніть, щоб під'єднатися зараз</translation>
    </message>
    <message>
        <source>Connection: none. Click to reconnect</source>
        <translation>З'єднання: немає. Натисніть, щоб під'єднатися</translation>
    </message>
    <message>
        <source>Cons.</source>
        <translation>Конс.</translation>
    </message>
    <message>
        <source>Consult</source>
        <translation>Консультація</translation>
    </message>
    <message>
        <source>Consult with…</source>
        <translation>З ким консультація…</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Контакт</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копіювати</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>Копіювати номер</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Відхилити</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Докладніше</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Закрити</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Відбій</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Enter a number or a name first</source>
        <translation>Спочатку введіть номер або ім'я</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Обране</translation>
    </message>
    <message>
        <source>Hidden number</source>
        <translation>Номер приховано</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Сховати</translation>
    </message>
    <message>
        <source>Hide keypad</source>
        <translation>Сховати клавіші</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Історія</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Утримати</translation>
    </message>
    <message>
        <source>In a conference</source>
        <translation>У конференції</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Вхідний дзвінок</translation>
    </message>
    <message>
        <source>Intercom</source>
        <translation>Інтерком</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>Клавіші</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клав.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Вийти</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Слухати</translation>
    </message>
    <message>
        <source>Listen in</source>
        <translation>Прослухати</translation>
    </message>
    <message>
        <source>Listening in</source>
        <translation>Прослуховування</translation>
    </message>
    <message>
        <source>Login or password refused</source>
        <translation>Логін або пароль не прийнято</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>Найдовше</translation>
    </message>
    <message>
        <source>Mic</source>
        <translation>Мікр.</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Вимк. мікр.</translation>
    </message>
    <message>
        <source>Mute ring</source>
        <translation>Вимкнути сигнал</translation>
    </message>
    <message>
        <source>Next attempt in {seconds} s · attempt {number}</source>
        <translation>Наступна спроба за {seconds} с · спроба {number}</translation>
    </message>
    <message>
        <source>No abonents</source>
        <translation>Немає абонентів</translation>
    </message>
    <message>
        <source>No abonents yet</source>
        <translation>Абонентів поки немає</translation>
    </message>
    <message>
        <source>No connection to the PBX</source>
        <translation>Немає зв'язку з АТС</translation>
    </message>
    <message>
        <source>No sound comes from the other side</source>
        <translation>З боку співрозмовника немає звуку</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>Нікого не знайдено</translation>
    </message>
    <message>
        <source>Nobody hears you.</source>
        <translation>Вас ніхто не чує.</translation>
    </message>
    <message>
        <source>Nobody waits</source>
        <translation>Ніхто не чекає</translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation>Не підтверджено</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Немає зв'язку</translation>
    </message>
    <message>
        <source>Note for colleagues</source>
        <translation>Нотатка для колег</translation>
    </message>
    <message>
        <source>Nothing was copied. Copy a number first.</source>
        <translation>Нічого не скопійовано. Спершу скопіюйте номер.</translation>
    </message>
    <message>
        <source>Number or name</source>
        <translation>Номер або ім'я</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>На утриманні</translation>
    </message>
    <message>
        <source>Other keyboard layout, “{text}”: nothing</source>
        <translation>Інша розкладка, «{text}»: нічого</translation>
    </message>
    <message>
        <source>Other keyboard layout: “{text}”</source>
        <translation>Інша розкладка: «{text}»</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Інші</translation>
    </message>
    <message>
        <source>Participants: {count}</source>
        <translation>Учасники: {count}</translation>
    </message>
    <message>
        <source>Pick up your phone to answer</source>
        <translation>Зніміть слухавку, щоб відповісти</translation>
    </message>
    <message>
        <source>Press Enter to use this number.</source>
        <translation>Натисніть Enter, щоб узяти цей номер.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Черга</translation>
    </message>
    <message>
        <source>Queue, {count} waiting</source>
        <translation>Черга, чекають: {count}</translation>
    </message>
    <message>
        <source>Ready agents</source>
        <translation>Готові</translation>
    </message>
    <message>
        <source>Rec.</source>
        <translation>Запис</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Повторити</translation>
    </message>
    <message>
        <source>Reconnect now</source>
        <translation>Під'єднатися зараз</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Запис</translation>
    </message>
    <message>
        <source>Redirect calls to number…</source>
        <translation>На який номер…</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Прибрати з обраного</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Повернути</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Дзвонить</translation>
    </message>
    <message>
        <source>Send out</source>
        <translation>Від’єднати</translation>
    </message>
    <message>
        <source>Send out of the conference: {name}</source>
        <translation>Від’єднати від конференції: {name}</translation>
    </message>
    <message>
        <source>Send to…</source>
        <translation>Передати…</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Налаштування</translation>
    </message>
    <message>
        <source>Shift Enter</source>
        <translation>Shift Enter</translation>
    </message>
    <message>
        <source>Sound: {codec} · loss {loss} % · jitter {jitter} ms</source>
        <translation>Звук: {codec} · втрати {loss} % · джитер {jitter} мс</translation>
    </message>
    <message>
        <source>State not known</source>
        <translation>Стан невідомий</translation>
    </message>
    <message>
        <source>Supervising</source>
        <translation>Контроль</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Поміняти</translation>
    </message>
    <message>
        <source>Talk together</source>
        <translation>Говорити разом</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>Розмова</translation>
    </message>
    <message>
        <source>The PBX allows nothing with this person now</source>
        <translation>Зараз АТС нічого не дозволяє з цим абонентом</translation>
    </message>
    <message>
        <source>The PBX does not allow this now</source>
        <translation>АТС зараз цього не дозволяє</translation>
    </message>
    <message>
        <source>The PBX does not say who hears you. Choose it anew.</source>
        <translation>АТС не повідомляє, хто вас чує. Виберіть ще раз.</translation>
    </message>
    <message>
        <source>The PBX has ended the connection. It is not tried again by itself.</source>
        <translation>АТС закрила з'єднання. Саме воно не відновиться.</translation>
    </message>
    <message>
        <source>The PBX has given no list of its people.</source>
        <translation>АТС не надала списку абонентів.</translation>
    </message>
    <message>
        <source>The PBX has not said yet</source>
        <translation>АТС ще не повідомила</translation>
    </message>
    <message>
        <source>The caller waits on hold</source>
        <translation>Абонент чекає</translation>
    </message>
    <message>
        <source>The settings of the connection are wrong</source>
        <translation>Хибні налаштування з'єднання</translation>
    </message>
    <message>
        <source>The web phone is not connected</source>
        <translation>Веб-телефон не підключено</translation>
    </message>
    <message>
        <source>They come with the connection to the PBX.</source>
        <translation>Вони з'являться з під'єднанням до АТС.</translation>
    </message>
    <message>
        <source>This could not be done</source>
        <translation>Не вдалося</translation>
    </message>
    <message>
        <source>Tones sent</source>
        <translation>Надіслані тони</translation>
    </message>
    <message>
        <source>Transf.</source>
        <translation>Перев.</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Перевести</translation>
    </message>
    <message>
        <source>Transfer call now</source>
        <translation>Перевести одразу</translation>
    </message>
    <message>
        <source>Transfer now</source>
        <translation>Перевести одразу</translation>
    </message>
    <message>
        <source>Transfer to…</source>
        <translation>Кому перевести…</translation>
    </message>
    <message>
        <source>Unknown caller</source>
        <translation>Невідомий абонент</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Увімк. мікр.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Чекають</translation>
    </message>
    <message>
        <source>Waiting callers</source>
        <translation>Ті, хто чекає</translation>
    </message>
    <message>
        <source>Whisper</source>
        <translation>Підказати</translation>
    </message>
    <message>
        <source>Whisper to agent</source>
        <translation>Підказати оператору</translation>
    </message>
    <message>
        <source>Whispering</source>
        <translation>Підказка</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Ви</translation>
    </message>
    <message>
        <source>You are heard by: {name}. The caller does not hear you.</source>
        <translation>Вас чує: {name}. Абонент вас не чує.</translation>
    </message>
    <message>
        <source>You are not talking in this call</source>
        <translation>У цьому дзвінку ви не розмовляєте</translation>
    </message>
    <message>
        <source>You are on a break until you choose to be ready again.</source>
        <translation>Ви на перерві, доки знову не виберете «Готовий».</translation>
    </message>
    <message>
        <source>You leave the call</source>
        <translation>Ви виходите з розмови</translation>
    </message>
    <message>
        <source>You return to the caller</source>
        <translation>Ви повернетеся до абонента</translation>
    </message>
    <message>
        <source>Your conversation goes on at the phone. Controls return with the connection.</source>
        <translation>Розмова триває на телефоні. Кнопки повернуться разом зі зв'язком.</translation>
    </message>
    <message>
        <source>Your phone rings as soon as somebody answers there.</source>
        <translation>Ваш телефон задзвонить, коли там дадуть відповідь.</translation>
    </message>
    <message>
        <source>Your phone rings first: pick it up.</source>
        <translation>Спочатку задзвонить ваш телефон: зніміть слухавку.</translation>
    </message>
    <message>
        <source>add</source>
        <translation>додати</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>і ще {count}</translation>
    </message>
    <message>
        <source>call</source>
        <translation>подзвонити</translation>
    </message>
    <message>
        <source>call ringing</source>
        <translation>дзвонить</translation>
    </message>
    <message>
        <source>calling</source>
        <translation>виклик</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>вибрати</translation>
    </message>
    <message>
        <source>clear</source>
        <translation>очистити</translation>
    </message>
    <message>
        <source>code {code}</source>
        <translation>код {code}</translation>
    </message>
    <message>
        <source>consult</source>
        <translation>консультація</translation>
    </message>
    <message>
        <source>consultation</source>
        <translation>консультація</translation>
    </message>
    <message>
        <source>drop to choose</source>
        <translation>відпустіть на потрібному</translation>
    </message>
    <message>
        <source>in a call</source>
        <translation>розмова</translation>
    </message>
    <message>
        <source>incoming</source>
        <translation>вхідний</translation>
    </message>
    <message>
        <source>line {number}</source>
        <translation>лінія {number}</translation>
    </message>
    <message>
        <source>menu</source>
        <translation>меню</translation>
    </message>
    <message>
        <source>menu {name}</source>
        <translation>меню {name}</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>вихідний</translation>
    </message>
    <message>
        <source>queue {name}</source>
        <translation>черга {name}</translation>
    </message>
    <message>
        <source>transfer</source>
        <translation>перевести</translation>
    </message>
    <message>
        <source>was on hold</source>
        <translation>був на утриманні</translation>
    </message>
    <message>
        <source>was ringing</source>
        <translation>дзвонив</translation>
    </message>
    <message>
        <source>was talking</source>
        <translation>була розмова</translation>
    </message>
    <message>
        <source>you leave the call</source>
        <translation>ви від'єднаєтеся</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>чекають: {count}</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} хв</translation>
    </message>
    <message>
        <source>{ready} of {all}</source>
        <translation>{ready} з {all}</translation>
    </message>
    <message>
        <source>{state}…</source>
        <translation>{state}…</translation>
    </message>
</context>
<context>
    <name>Popup</name>
    <message>
        <source>Abonent</source>
        <translation>Абонент</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Відповісти</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Передзвонити</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>Копіювати номер</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Відхилити</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Закрити</translation>
    </message>
    <message>
        <source>Earlier calls: {count}</source>
        <translation>Дзвінків раніше: {count}</translation>
    </message>
    <message>
        <source>Earlier: {count}</source>
        <translation>Раніше: {count}</translation>
    </message>
    <message>
        <source>Hidden number</source>
        <translation>Номер приховано</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Сховати</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Вхідний дзвінок</translation>
    </message>
    <message>
        <source>It cannot be answered from here.</source>
        <translation>Звідси відповісти не можна.</translation>
    </message>
    <message>
        <source>Line {number}</source>
        <translation>Лінія {number}</translation>
    </message>
    <message>
        <source>Looking the caller up…</source>
        <translation>Пошук абонента…</translation>
    </message>
    <message>
        <source>Menu {name}</source>
        <translation>Меню {name}</translation>
    </message>
    <message>
        <source>Missed call</source>
        <translation>Пропущений</translation>
    </message>
    <message>
        <source>Missed calls: {count}</source>
        <translation>Пропущено дзвінків: {count}</translation>
    </message>
    <message>
        <source>More calls: {count}</source>
        <translation>Ще дзвінків: {count}</translation>
    </message>
    <message>
        <source>Mute ring for this call</source>
        <translation>Вимкнути сигнал для цього дзвінка</translation>
    </message>
    <message>
        <source>No connection to the PBX</source>
        <translation>Немає зв'язку з АТС</translation>
    </message>
    <message>
        <source>Other number…</source>
        <translation>Інший номер…</translation>
    </message>
    <message>
        <source>Pick up your phone to answer</source>
        <translation>Зніміть слухавку, щоб відповісти</translation>
    </message>
    <message>
        <source>Queue {name}</source>
        <translation>Черга {name}</translation>
    </message>
    <message>
        <source>Second call</source>
        <translation>Другий дзвінок</translation>
    </message>
    <message>
        <source>Send to…</source>
        <translation>Передати…</translation>
    </message>
    <message>
        <source>The number is hidden</source>
        <translation>Номер приховано</translation>
    </message>
    <message>
        <source>This call can be sent on once it is answered</source>
        <translation>Передати можна після відповіді</translation>
    </message>
    <message>
        <source>This call cannot be declined from here</source>
        <translation>Цей дзвінок не можна відхилити звідси</translation>
    </message>
    <message>
        <source>Transferred by: {name}</source>
        <translation>Переведення: {name}</translation>
    </message>
    <message>
        <source>Unknown caller</source>
        <translation>Невідомий абонент</translation>
    </message>
    <message>
        <source>last {day}, {time}</source>
        <translation>останній {day}, {time}</translation>
    </message>
    <message>
        <source>queue {name}</source>
        <translation>черга {name}</translation>
    </message>
    <message>
        <source>rang {time}</source>
        <translation>чекав {time}</translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>After-call work</source>
        <translation>Обробка дзвінка</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Перерва</translation>
    </message>
    <message>
        <source>Caller on hold</source>
        <translation>Абонент на утриманні</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Не турбувати</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Не в мережі</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готовий</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Дзвонить</translation>
    </message>
    <message>
        <source>State not known</source>
        <translation>Стан невідомий</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>Розмова</translation>
    </message>
</context>
<context>
    <name>Probe</name>
    <message>
        <source>Connected</source>
        <translation>Під'єднано</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>З'єднання</translation>
    </message>
    <message>
        <source>Connection not secure</source>
        <translation>З'єднання не захищене</translation>
    </message>
    <message>
        <source>Line is ready</source>
        <translation>Лінія готова</translation>
    </message>
    <message>
        <source>Line not usable</source>
        <translation>Лінія не працює</translation>
    </message>
    <message>
        <source>Line state</source>
        <translation>Стан лінії</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>Вхід виконано</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Вхід</translation>
    </message>
    <message>
        <source>Login refused</source>
        <translation>Вхід не дозволено</translation>
    </message>
    <message>
        <source>Name found</source>
        <translation>Ім'я знайдено</translation>
    </message>
    <message>
        <source>No PBX has been chosen yet. Choose one in the settings.</source>
        <translation>АТС ще не вибрано. Виберіть її в налаштуваннях.</translation>
    </message>
    <message>
        <source>No PBX there</source>
        <translation>Там немає АТС</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Немає з'єднання</translation>
    </message>
    <message>
        <source>Nobody answers at {host}, port {port}. Check the address; the server may be off, or a firewall in between.</source>
        <translation>{host}, порт {port}: ніхто не відповідає. Перевірте адресу; сервер може бути вимкнений або закритий брандмауером.</translation>
    </message>
    <message>
        <source>PBX</source>
        <translation>АТС</translation>
    </message>
    <message>
        <source>PBX answers</source>
        <translation>АТС відповідає</translation>
    </message>
    <message>
        <source>Port {port} does not speak TLS. Check the port, or write ws:// instead of wss://.</source>
        <translation>Порт {port} не працює за TLS. Перевірте порт або напишіть ws:// замість wss://.</translation>
    </message>
    <message>
        <source>Port {port} takes the connection, but says nothing. Check the port, and whether it is ws:// or wss://.</source>
        <translation>Порт {port} приймає з'єднання, але мовчить. Перевірте порт і що потрібно: ws:// чи wss://.</translation>
    </message>
    <message>
        <source>Server name</source>
        <translation>Ім'я сервера</translation>
    </message>
    <message>
        <source>Server not found</source>
        <translation>Сервер не знайдено</translation>
    </message>
    <message>
        <source>Something answers on port {port}, but it is another kind of server. Check PBX and port.</source>
        <translation>На порту {port} відповідає інший сервер. Перевірте вид АТС і порт.</translation>
    </message>
    <message>
        <source>Something answers on port {port}, but it is no PBX. Check the port and the address.</source>
        <translation>На порту {port} відповідає не АТС. Перевірте порт і адресу.</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>The address cannot be used. Check it for a typing mistake.</source>
        <translation>Ця адреса не підходить. Перевірте, чи немає помилки.</translation>
    </message>
    <message>
        <source>The computer {host} is there, but nothing listens on port {port}. Check the port, and whether the PBX is running.</source>
        <translation>Комп'ютер {host} є, але порт {port} закритий. Перевірте порт і чи працює АТС.</translation>
    </message>
    <message>
        <source>The demo PBX is a part of this program. It needs no test.</source>
        <translation>Демонстраційна АТС — частина програми. Перевіряти її не потрібно.</translation>
    </message>
    <message>
        <source>The look-up of {host} takes too long. Check the network.</source>
        <translation>{host}: пошук імені триває задовго. Перевірте мережу.</translation>
    </message>
    <message>
        <source>The name {host} was not found. Check it for a typing mistake, and check the network.</source>
        <translation>{host}: ім'я не знайдено. Перевірте, чи немає помилки, і мережу.</translation>
    </message>
    <message>
        <source>The proxy does not let the connection through. Check its address, or do without.</source>
        <translation>Проксі не пропускає з'єднання. Перевірте його адресу або обійдіться без нього.</translation>
    </message>
    <message>
        <source>The server answers that it is not ready. Try again in a minute.</source>
        <translation>Сервер відповідає, що не готовий. Спробуйте за хвилину.</translation>
    </message>
    <message>
        <source>The server does not let this computer in. Ask your administrator.</source>
        <translation>Сервер не пускає цей комп'ютер. Зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The server hangs up at once. Check the port, and whether it needs wss:// instead of ws://.</source>
        <translation>Сервер одразу розриває з'єднання. Перевірте порт і чи не потрібен wss:// замість ws://.</translation>
    </message>
    <message>
        <source>The server vouches for itself: its certificate is self-signed. Ask your administrator for the certificate file and choose it as your own CA file.</source>
        <translation>Сертифікат сервера самопідписаний. Попросіть в адміністратора файл сертифіката й виберіть його як свій файл CA.</translation>
    </message>
    <message>
        <source>The server's certificate cannot be trusted, so nothing was sent. Ask your administrator for the right address or certificate file.</source>
        <translation>Сертифікату сервера не можна довіряти, тому нічого не надіслано. Попросіть в адміністратора правильну адресу або файл сертифіката.</translation>
    </message>
    <message>
        <source>The server's certificate has expired. Check the date of this computer; if it is right, ask your administrator to renew the certificate.</source>
        <translation>Термін сертифіката сервера минув. Перевірте дату на комп'ютері; якщо вона правильна, попросіть адміністратора оновити сертифікат.</translation>
    </message>
    <message>
        <source>The server's certificate is for another name than {host}. Use the name that the certificate is for, or ask your administrator.</source>
        <translation>Сертифікат сервера виданий не для імені {host}. Вкажіть ім'я із сертифіката або зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The server's certificate is not valid yet. Check the date and time of this computer.</source>
        <translation>Термін сертифіката сервера ще не почався. Перевірте дату й час на комп'ютері.</translation>
    </message>
    <message>
        <source>There is no way to {host}. Check the network, the cable or the VPN.</source>
        <translation>Немає шляху до {host}. Перевірте мережу, кабель або VPN.</translation>
    </message>
    <message>
        <source>This computer does not know who issued the server's certificate. Ask your administrator for the certificate file and choose it as your own CA file.</source>
        <translation>Комп'ютер не знає, хто видав сертифікат сервера. Попросіть в адміністратора файл сертифіката й виберіть його як свій файл CA.</translation>
    </message>
    <message>
        <source>Your own CA file cannot be used. Choose a file with certificates (PEM).</source>
        <translation>Ваш файл CA не підходить. Виберіть файл із сертифікатами (PEM).</translation>
    </message>
    <message>
        <source>proxy {host}, port {port}</source>
        <translation>проксі {host}, порт {port}</translation>
    </message>
    <message>
        <source>{host}, port {port}</source>
        <translation>{host}, порт {port}</translation>
    </message>
    <message>
        <source>{name}, issued by {issuer}, to {date}</source>
        <translation>{name}, видав: {issuer}, до {date}</translation>
    </message>
</context>
<context>
    <name>Provider</name>
    <message>
        <source>This PBX has no such command.</source>
        <translation>У цієї АТС немає такої команди.</translation>
    </message>
</context>
<context>
    <name>Recording</name>
    <message>
        <source>Cancel</source>
        <translation>Скасувати</translation>
    </message>
    <message>
        <source>No sound device: nothing can be heard.</source>
        <translation>Немає звукового пристрою: нічого не буде чутно.</translation>
    </message>
    <message>
        <source>Nothing is recorded before the answer</source>
        <translation>До відповіді запису немає</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Play recording</source>
        <translation>Прослухати запис</translation>
    </message>
    <message>
        <source>Playing speed</source>
        <translation>Швидкість відтворення</translation>
    </message>
    <message>
        <source>Playing speed {speed}</source>
        <translation>Швидкість відтворення {speed}</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Позиція</translation>
    </message>
    <message>
        <source>Position, {time} of {whole}</source>
        <translation>Позиція, {time} з {whole}</translation>
    </message>
    <message>
        <source>Recording {number} of {count}</source>
        <translation>Запис {number} з {count}</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Записи</translation>
    </message>
    <message>
        <source>Save recording</source>
        <translation>Зберегти запис</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>Збережено: {name}</translation>
    </message>
    <message>
        <source>Something in this program failed.</source>
        <translation>У програмі сталася помилка.</translation>
    </message>
    <message>
        <source>The PBX does not give out this recording. Ask your administrator.</source>
        <translation>АТС не видає цей запис. Зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The PBX has no recording of this call.</source>
        <translation>На АТС немає запису цього дзвінка.</translation>
    </message>
    <message>
        <source>The recording comes too slowly. Try again later.</source>
        <translation>Запис завантажується надто повільно. Спробуйте пізніше.</translation>
    </message>
    <message>
        <source>The recording could not be saved: {reason}</source>
        <translation>Запис не вдалося зберегти: {reason}</translation>
    </message>
    <message>
        <source>The recording did not come whole. Try again.</source>
        <translation>Запис завантажився не повністю. Спробуйте ще раз.</translation>
    </message>
    <message>
        <source>The recording is being fetched</source>
        <translation>Запис завантажується</translation>
    </message>
    <message>
        <source>The recording is coming: {percent} %</source>
        <translation>Запис завантажується: {percent} %</translation>
    </message>
    <message>
        <source>The recording is coming…</source>
        <translation>Запис завантажується…</translation>
    </message>
    <message>
        <source>The recording is too large to be played here.</source>
        <translation>Запис завеликий, прослухати його тут не можна.</translation>
    </message>
    <message>
        <source>The server of the recordings cannot be reached. Try again later.</source>
        <translation>Сервер записів недоступний. Спробуйте пізніше.</translation>
    </message>
    <message>
        <source>There is no room for the recording on this computer.</source>
        <translation>На цьому комп’ютері немає місця для запису.</translation>
    </message>
    <message>
        <source>This recording cannot be played here.</source>
        <translation>Цей запис тут не можна прослухати.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторити</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Гучність</translation>
    </message>
    <message>
        <source>Volume, {percent} %</source>
        <translation>Гучність, {percent} %</translation>
    </message>
    <message>
        <source>What the PBX sent is no recording.</source>
        <translation>АТС надіслала не запис.</translation>
    </message>
</context>
<context>
    <name>Secrets</name>
    <message>
        <source>Kept in the system keyring</source>
        <translation>У системному сховищі паролів</translation>
    </message>
    <message>
        <source>No system keyring was found, so the password cannot be kept safely. ctidesk asks for it at each start.</source>
        <translation>Системне сховище паролів не знайдено, тому пароль не можна зберігати надійно. ctidesk питатиме його під час кожного запуску.</translation>
    </message>
    <message>
        <source>No system keyring works here. What you enter counts until ctidesk ends.</source>
        <translation>Системне сховище паролів не працює. Уведене діє до закриття ctidesk.</translation>
    </message>
    <message>
        <source>Not kept. ctidesk asks for it at each start.</source>
        <translation>Не зберігається. ctidesk питатиме його під час кожного запуску.</translation>
    </message>
    <message>
        <source>The question of the system keyring was dismissed, so the password was not kept. ctidesk asks for it at each start.</source>
        <translation>Запит сховища паролів було закрито, пароль не збережено. ctidesk питатиме його під час кожного запуску.</translation>
    </message>
    <message>
        <source>The system keyring does not answer, so the password cannot be kept now. ctidesk asks for it at each start.</source>
        <translation>Сховище паролів не відповідає, зараз пароль не зберегти. ctidesk питатиме його під час кожного запуску.</translation>
    </message>
    <message>
        <source>The system keyring has failed, so the password cannot be kept. ctidesk asks for it at each start.</source>
        <translation>Збій сховища паролів, пароль не зберегти. ctidesk питатиме його під час кожного запуску.</translation>
    </message>
    <message>
        <source>The system keyring is locked. Unlock it, or ctidesk asks for the password at each start.</source>
        <translation>Сховище паролів закрите. Відкрийте його, інакше ctidesk питатиме пароль під час кожного запуску.</translation>
    </message>
    <message>
        <source>This computer would keep the password unprotected, so it is not kept. ctidesk asks for it at each start.</source>
        <translation>Цей комп'ютер зберігав би пароль без захисту, тому його не збережено. ctidesk питатиме його під час кожного запуску.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>A call is going on</source>
        <translation>Триває розмова</translation>
    </message>
    <message>
        <source>A click on such a link in a web page or a letter calls the number. This counts at once, for you alone.</source>
        <translation>Клацання такого посилання на вебсторінці чи в листі дзвонить на номер. Діє одразу й лише для вас.</translation>
    </message>
    <message>
        <source>A domain has no spaces, @, : or /.</source>
        <translation>У домені немає пробілів, @, : і /.</translation>
    </message>
    <message>
        <source>A number typed in a call</source>
        <translation>Номер, набраний під час розмови</translation>
    </message>
    <message>
        <source>A proxy's address begins with http://, https:// or socks5://.</source>
        <translation>Адреса проксі починається з http://, https:// або socks5://.</translation>
    </message>
    <message>
        <source>A scheme is the part of an address before the colon.</source>
        <translation>Схема — частина адреси до двокрапки.</translation>
    </message>
    <message>
        <source>Add address</source>
        <translation>Додати адресу</translation>
    </message>
    <message>
        <source>After the call</source>
        <translation>Після дзвінка</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Усі файли (*)</translation>
    </message>
    <message>
        <source>An address begins with ws:// or wss://, or with the server's name.</source>
        <translation>Адреса починається з ws://, wss:// або імені сервера.</translation>
    </message>
    <message>
        <source>An address has no # in it.</source>
        <translation>В адресі немає знака #.</translation>
    </message>
    <message>
        <source>An address has no spaces.</source>
        <translation>В адресі немає пробілів.</translation>
    </message>
    <message>
        <source>An address must not hold a name or a password: it would stand in a file.</source>
        <translation>В адресі не має бути імені та пароля: вони потрапили б у файл.</translation>
    </message>
    <message>
        <source>Another program has these keys. Choose others.</source>
        <translation>Ці клавіші зайняті іншою програмою. Виберіть інші.</translation>
    </message>
    <message>
        <source>Another program is saving these settings. Try again in a moment.</source>
        <translation>Ці налаштування зберігає інша програма. Спробуйте трохи згодом.</translation>
    </message>
    <message>
        <source>Answer by SIP automatically</source>
        <translation>Відповідати через SIP автоматично</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Застосувати</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Як у системі</translation>
    </message>
    <message>
        <source>Ask at each start</source>
        <translation>Запитувати під час кожного запуску</translation>
    </message>
    <message>
        <source>Ask there first, then transfer</source>
        <translation>Спершу запитати там, потім перевести</translation>
    </message>
    <message>
        <source>Auto-answer parameter</source>
        <translation>Параметр автовідповіді</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>Ліворуч унизу</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>Праворуч унизу</translation>
    </message>
    <message>
        <source>By itself when the PBX asks for it</source>
        <translation>Сам, коли просить АТС</translation>
    </message>
    <message>
        <source>Calls and popup</source>
        <translation>Дзвінки й вікно</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Скасувати</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Сертифікати (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>Changes nothing; uses what is typed above.</source>
        <translation>Нічого не змінює; перевіряє те, що введено вище.</translation>
    </message>
    <message>
        <source>Choose a ringtone.</source>
        <translation>Виберіть мелодію.</translation>
    </message>
    <message>
        <source>Choose your PBX.</source>
        <translation>Виберіть АТС.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Вибрати…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Під’єднатися</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Під’єднання</translation>
    </message>
    <message>
        <source>Connection string</source>
        <translation>Рядок під’єднання</translation>
    </message>
    <message>
        <source>Copied number</source>
        <translation>Скопійований номер</translation>
    </message>
    <message>
        <source>Corner</source>
        <translation>Кут</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Темна</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Демо</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Докладніше</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>Не зберігати</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>Домен</translation>
    </message>
    <message>
        <source>Edit address</source>
        <translation>Змінити адресу</translation>
    </message>
    <message>
        <source>Enter a text, or remove the line.</source>
        <translation>Введіть текст або вилучіть рядок.</translation>
    </message>
    <message>
        <source>Enter an address, or remove the line.</source>
        <translation>Введіть адресу або видаліть рядок.</translation>
    </message>
    <message>
        <source>Enter the number alone, without the domain.</source>
        <translation>Введіть лише номер, без домену.</translation>
    </message>
    <message>
        <source>Every call by itself</source>
        <translation>Сам, кожен дзвінок</translation>
    </message>
    <message>
        <source>Fields with a lock are set by your administrator. Ask them if something here must change.</source>
        <translation>Поля із замком задав адміністратор. Зверніться до нього, якщо тут треба щось змінити.</translation>
    </message>
    <message>
        <source>For addresses that begin neither with ws:// nor with wss://.</source>
        <translation>Для адрес, які не починаються з ws:// або wss://.</translation>
    </message>
    <message>
        <source>Give the two letters of the country.</source>
        <translation>Укажіть дві літери країни.</translation>
    </message>
    <message>
        <source>Give the whole path of the file.</source>
        <translation>Вкажіть повний шлях до файлу.</translation>
    </message>
    <message>
        <source>Give the whole path of the folder.</source>
        <translation>Укажіть повний шлях до папки.</translation>
    </message>
    <message>
        <source>Give the whole path of the program.</source>
        <translation>Укажіть повний шлях до програми.</translation>
    </message>
    <message>
        <source>Go to the field that may be wrong</source>
        <translation>Перейти до поля, у якому може бути помилка</translation>
    </message>
    <message>
        <source>Headset</source>
        <translation>Гарнітура</translation>
    </message>
    <message>
        <source>Hear a tone</source>
        <translation>Почути звук</translation>
    </message>
    <message>
        <source>I am a call-centre operator</source>
        <translation>Я оператор кол-центру</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Інтеграція</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Інтерфейс</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Мова</translation>
    </message>
    <message>
        <source>Leave a notice for each missed call</source>
        <translation>Показувати сповіщення про пропущені дзвінки</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Рівень</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Світла</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Логін</translation>
    </message>
    <message>
        <source>Main screen</source>
        <translation>Основний екран</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Мікрофон</translation>
    </message>
    <message>
        <source>Microphone gain</source>
        <translation>Підсилення мікрофона</translation>
    </message>
    <message>
        <source>Missed calls</source>
        <translation>Пропущені дзвінки</translation>
    </message>
    <message>
        <source>Move address</source>
        <translation>Перемістити адресу</translation>
    </message>
    <message>
        <source>Move address up; the arrow keys move it up and down</source>
        <translation>Перемістити адресу вгору; клавіші зі стрілками переміщують її вгору та вниз</translation>
    </message>
    <message>
        <source>No calls without a microphone</source>
        <translation>Без мікрофона не дзвонити</translation>
    </message>
    <message>
        <source>No second device</source>
        <translation>Немає другого пристрою</translation>
    </message>
    <message>
        <source>None, connect directly</source>
        <translation>Немає, пряме під’єднання</translation>
    </message>
    <message>
        <source>None, the phone is picked up by hand</source>
        <translation>Немає, слухавку знімають рукою</translation>
    </message>
    <message>
        <source>None, the system's certificates count</source>
        <translation>Немає, діють системні</translation>
    </message>
    <message>
        <source>None; press the keys</source>
        <translation>Немає; натисніть клавіші</translation>
    </message>
    <message>
        <source>Not plugged in. The system's own output is used until it is back.</source>
        <translation>Пристрій не під’єднано. Поки його немає, використовується системний вихід.</translation>
    </message>
    <message>
        <source>Not plugged in. Using “{device}” until it is back.</source>
        <translation>Не підключено. Поки що використовується «{device}».</translation>
    </message>
    <message>
        <source>Nothing has been changed</source>
        <translation>Нічого не змінено</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Зараз</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Number and domain</source>
        <translation>Номер і домен</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Open tel:, callto: and sip: links with ctidesk</source>
        <translation>Відкривати посилання tel:, callto: та sip: у ctidesk</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>Інші програми</translation>
    </message>
    <message>
        <source>Other programs and scripts call a number by this command:</source>
        <translation>Інші програми та сценарії дзвонять на номер цією командою:</translation>
    </message>
    <message>
        <source>Otherwise they connect, and nobody hears you.</source>
        <translation>Інакше дзвінок відбудеться, але вас не почують.</translation>
    </message>
    <message>
        <source>Own CA file</source>
        <translation>Власний файл CA</translation>
    </message>
    <message>
        <source>Own file…</source>
        <translation>Власний файл…</translation>
    </message>
    <message>
        <source>PBX</source>
        <translation>АТС</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Сторінки</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Phone links</source>
        <translation>Телефонні посилання</translation>
    </message>
    <message>
        <source>Popup</source>
        <translation>Спливне вікно</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Проксі</translation>
    </message>
    <message>
        <source>Put {number} where the number belongs.</source>
        <translation>Вставте {number} там, де має бути номер.</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записати</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Видалити</translation>
    </message>
    <message>
        <source>Remove address</source>
        <translation>Видалити адресу</translation>
    </message>
    <message>
        <source>Remove for good?</source>
        <translation>Вилучити назавжди?</translation>
    </message>
    <message>
        <source>Remove the keys</source>
        <translation>Прибрати клавіші</translation>
    </message>
    <message>
        <source>Ring</source>
        <translation>Дзвінок</translation>
    </message>
    <message>
        <source>Ring also on</source>
        <translation>Дзвонити ще на</translation>
    </message>
    <message>
        <source>Ring as usual</source>
        <translation>Дзвонити як зазвичай</translation>
    </message>
    <message>
        <source>Ring on</source>
        <translation>Дзвонити через</translation>
    </message>
    <message>
        <source>Ring once, as set here</source>
        <translation>Подзвонити один раз із цими налаштуваннями</translation>
    </message>
    <message>
        <source>Ringtone</source>
        <translation>Мелодія</translation>
    </message>
    <message>
        <source>Saved. The new connection is made after the call.</source>
        <translation>Збережено. Нове підключення буде після дзвінка.</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Екран</translation>
    </message>
    <message>
        <source>Scripts for the command prompt cannot be started safely. Give a program.</source>
        <translation>Сценарії командного рядка не можна запускати безпечно. Укажіть програму.</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Безпека</translation>
    </message>
    <message>
        <source>Selected number</source>
        <translation>Виділений номер</translation>
    </message>
    <message>
        <source>Server addresses</source>
        <translation>Адреси серверів</translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation>Задано адміністратором</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Налаштування</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Налаштування…</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показати</translation>
    </message>
    <message>
        <source>Show a popup for incoming calls</source>
        <translation>Показувати вікно під час вхідного дзвінка</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Показати пароль</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Без звуку</translation>
    </message>
    <message>
        <source>Soft beep</source>
        <translation>Тихий сигнал</translation>
    </message>
    <message>
        <source>Soft bell</source>
        <translation>М’який дзвінок</translation>
    </message>
    <message>
        <source>Sound and devices</source>
        <translation>Звук і пристрої</translation>
    </message>
    <message>
        <source>Sounds (*.wav)</source>
        <translation>Звуки (*.wav)</translation>
    </message>
    <message>
        <source>Speak for five seconds, then hear yourself.</source>
        <translation>Говоріть п’ять секунд, потім послухайте себе.</translation>
    </message>
    <message>
        <source>Speak now. Recording for {seconds} s more.</source>
        <translation>Говоріть. Запис триває ще {seconds} с.</translation>
    </message>
    <message>
        <source>Speak: the bar should reach the middle.</source>
        <translation>Говоріть: смужка має доходити до середини.</translation>
    </message>
    <message>
        <source>Stand above full-screen windows</source>
        <translation>Показувати поверх повноекранних вікон</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Запуск</translation>
    </message>
    <message>
        <source>Start hidden, as an icon in the tray</source>
        <translation>Запускати згорнутим у значок у треї</translation>
    </message>
    <message>
        <source>Start when I log in to the computer</source>
        <translation>Запускати під час входу в систему</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>Stop test</source>
        <translation>Перервати перевірку</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>Системний пристрій</translation>
    </message>
    <message>
        <source>Take the password out of the system keyring</source>
        <translation>Видалити пароль із системного сховища</translation>
    </message>
    <message>
        <source>Talk through this computer's headset instead of a desk phone.</source>
        <translation>Говорити через гарнітуру цього комп’ютера замість настільного телефону.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Перевірити</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>Перевірити ще раз</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Перевірити під’єднання</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Розмір тексту</translation>
    </message>
    <message>
        <source>The address has no server name.</source>
        <translation>В адресі немає імені сервера.</translation>
    </message>
    <message>
        <source>The connection works.</source>
        <translation>Під’єднання працює.</translation>
    </message>
    <message>
        <source>The demo PBX is a part of this program: it rings, queues and transfers like a real one.</source>
        <translation>Демо-АТС — частина цієї програми: дзвонить, ставить у чергу й переадресовує дзвінки як справжня.</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was saved; make room and try again.</source>
        <translation>Диск заповнений. Нічого не збережено; звільніть місце та спробуйте знову.</translation>
    </message>
    <message>
        <source>The panel opens anew in this language and connects again.</source>
        <translation>Панель відкриється заново цією мовою і підключиться знову.</translation>
    </message>
    <message>
        <source>The phone picks up by itself when the PBX asks it to. Else you pick it up by hand.</source>
        <translation>Телефон знімає слухавку сам, коли АТС просить його про це. Інакше слухавку знімаєте ви.</translation>
    </message>
    <message>
        <source>The program itself must be written out, without { }.</source>
        <translation>Сама програма вказується без { }.</translation>
    </message>
    <message>
        <source>The server's name must be written out, without { }.</source>
        <translation>Ім’я сервера вказується без { }.</translation>
    </message>
    <message>
        <source>The server's name or the port is wrong. A port is a number from 1 to 65535.</source>
        <translation>Ім'я сервера або порт хибні. Порт — число від 1 до 65535.</translation>
    </message>
    <message>
        <source>The setting {key} is ignored. {words}</source>
        <translation>Налаштування {key} не враховано. {words}</translation>
    </message>
    <message>
        <source>The settings could not be saved. They are as they were.</source>
        <translation>Не вдалося зберегти налаштування. Вони залишилися попередніми.</translation>
    </message>
    <message>
        <source>The settings file cannot be read, so the usual values count. ({reason})</source>
        <translation>Файл налаштувань не читається, діють звичайні значення. ({reason})</translation>
    </message>
    <message>
        <source>The settings file has been changed by hand in a way that this program cannot continue. Move it elsewhere and try again.</source>
        <translation>Файл налаштувань змінено вручну так, що програма не може його продовжити. Перемістіть файл і спробуйте знову.</translation>
    </message>
    <message>
        <source>The settings file is broken ({detail}). It was kept as {file}, and the usual values count.</source>
        <translation>Файл налаштувань зіпсований ({detail}). Його збережено як {file}, діють звичайні значення.</translation>
    </message>
    <message>
        <source>The settings file is broken and cannot be moved away, so the usual values count. ({reason})</source>
        <translation>Файл налаштувань зіпсований, і його не можна перемістити; діють звичайні значення. ({reason})</translation>
    </message>
    <message>
        <source>The settings folder cannot be written to. Nothing was saved; ask your administrator.</source>
        <translation>У теку налаштувань не можна писати. Нічого не збережено; зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The system did not let this be changed. {reason}</source>
        <translation>Система не дала це змінити. {reason}</translation>
    </message>
    <message>
        <source>The test has failed because of a defect in this program.</source>
        <translation>Перевірка не вдалася через помилку в програмі.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>There are too many addresses. Ten are the most.</source>
        <translation>Забагато адрес. Найбільше — десять.</translation>
    </message>
    <message>
        <source>There are too many. Thirty are the most.</source>
        <translation>Забагато. Щонайбільше тридцять.</translation>
    </message>
    <message>
        <source>These are digits alone.</source>
        <translation>Тут лише цифри.</translation>
    </message>
    <message>
        <source>These keys bring a number that is selected or copied in any program into the panel. Enter there calls it.</source>
        <translation>Ці клавіші переносять у панель номер, виділений або скопійований у будь-якій програмі. Enter у панелі телефонує за ним.</translation>
    </message>
    <message>
        <source>These settings need a new connection. Made now, the call would disappear from ctidesk, or end.</source>
        <translation>Ці налаштування потребують нового підключення. Якщо зробити його зараз, дзвінок зникне з ctidesk або завершиться.</translation>
    </message>
    <message>
        <source>This address begins with http:// or https://.</source>
        <translation>Ця адреса починається з http:// або https://.</translation>
    </message>
    <message>
        <source>This computer has no microphone: callers hear nothing.</source>
        <translation>На цьому комп’ютері немає мікрофона: співрозмовник нічого не чує.</translation>
    </message>
    <message>
        <source>This computer has no sound output, so the ring is silent.</source>
        <translation>На цьому комп’ютері немає виведення звуку, тому дзвінка не чути.</translation>
    </message>
    <message>
        <source>This computer has no sound output: nothing is heard in calls.</source>
        <translation>На цьому комп’ютері немає виведення звуку: у розмовах нічого не чути.</translation>
    </message>
    <message>
        <source>This desktop (Wayland) gives programs no keys of their own. In its keyboard settings, let a key start this command: it calls the number that is selected.</source>
        <translation>Цей робочий стіл (Wayland) не дає програмам власних клавіш. Призначте клавішу цій команді в його налаштуваннях клавіатури: вона телефонує на виділений номер.</translation>
    </message>
    <message>
        <source>This is how callers hear you.</source>
        <translation>Так вас чує співрозмовник.</translation>
    </message>
    <message>
        <source>This is needed to connect.</source>
        <translation>Це потрібно для під'єднання.</translation>
    </message>
    <message>
        <source>This must be a list of texts.</source>
        <translation>Тут має бути список рядків.</translation>
    </message>
    <message>
        <source>This must be a number from {lowest} to {highest}.</source>
        <translation>Тут має бути число від {lowest} до {highest}.</translation>
    </message>
    <message>
        <source>This must be a whole number.</source>
        <translation>Тут має бути ціле число.</translation>
    </message>
    <message>
        <source>This must be one of: {choices}.</source>
        <translation>Тут має бути одне з: {choices}.</translation>
    </message>
    <message>
        <source>This must be text.</source>
        <translation>Тут має бути текст.</translation>
    </message>
    <message>
        <source>This must be true or false.</source>
        <translation>Тут має бути true або false.</translation>
    </message>
    <message>
        <source>This text has control characters. Type it again.</source>
        <translation>У тексті є керівні знаки. Наберіть його знову.</translation>
    </message>
    <message>
        <source>This text is too long.</source>
        <translation>Текст задовгий.</translation>
    </message>
    <message>
        <source>Top left</source>
        <translation>Ліворуч угорі</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>Праворуч угорі</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Переведення</translation>
    </message>
    <message>
        <source>Transfer at once</source>
        <translation>Перевести одразу</translation>
    </message>
    <message>
        <source>Type your password</source>
        <translation>Введіть пароль</translation>
    </message>
    <message>
        <source>Use TLS</source>
        <translation>Використовувати TLS</translation>
    </message>
    <message>
        <source>Use a key together with Ctrl, Alt or the system key.</source>
        <translation>Натисніть клавішу разом із Ctrl, Alt або системною клавішею.</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Гучність</translation>
    </message>
    <message>
        <source>Web phone</source>
        <translation>Вебтелефон</translation>
    </message>
    <message>
        <source>Web phone address</source>
        <translation>Адреса веб-телефону</translation>
    </message>
    <message>
        <source>Web phone answers</source>
        <translation>Веб-телефон відповідає</translation>
    </message>
    <message>
        <source>When I answer</source>
        <translation>Коли відповідаю я</translation>
    </message>
    <message>
        <source>Where the pointer is</source>
        <translation>Де вказівник миші</translation>
    </message>
    <message>
        <source>While talking</source>
        <translation>Під час розмови</translation>
    </message>
    <message>
        <source>Write this as name=value.</source>
        <translation>Напишіть це у вигляді ім'я=значення.</translation>
    </message>
    <message>
        <source>Your administrator's file locks {name}, which this program does not have.</source>
        <translation>Файл адміністратора закриває {name}, а такого в програмі немає.</translation>
    </message>
    <message>
        <source>Your administrator's file {file} cannot be used, so nothing in it counts. ({reason})</source>
        <translation>Файл адміністратора {file} не підходить, нічого з нього не діє. ({reason})</translation>
    </message>
    <message>
        <source>Your administrator's value for {key} is ignored. {words}</source>
        <translation>Значення адміністратора для {key} не враховано. {words}</translation>
    </message>
    <message>
        <source>Your password at the PBX</source>
        <translation>Ваш пароль на АТС</translation>
    </message>
    <message>
        <source>as the PBX says</source>
        <translation>як повідомить АТС</translation>
    </message>
    <message>
        <source>first</source>
        <translation>перший</translation>
    </message>
    <message>
        <source>it cannot be understood</source>
        <translation>його не можна зрозуміти</translation>
    </message>
    <message>
        <source>it is not UTF-8 text</source>
        <translation>це не текст UTF-8</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>він завеликий</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>не дійшло</translation>
    </message>
    <message>
        <source>the server's own</source>
        <translation>як у сервера</translation>
    </message>
    <message>
        <source>{name} is not known here. These are: {names}.</source>
        <translation>{name} тут не буває. Є: {names}.</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation>{number} мс</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>About</source>
        <translation>Про програму</translation>
    </message>
    <message>
        <source>About and diagnostics</source>
        <translation>Про програму та діагностика</translation>
    </message>
    <message>
        <source>Call centre</source>
        <translation>Колцентр</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Під'єднання…</translation>
    </message>
    <message>
        <source>Dial from clipboard</source>
        <translation>Набрати з буфера обміну</translation>
    </message>
    <message>
        <source>Dial…</source>
        <translation>Набрати…</translation>
    </message>
    <message>
        <source>Last calls</source>
        <translation>Останні дзвінки</translation>
    </message>
    <message>
        <source>Missed calls: {count}</source>
        <translation>Пропущено дзвінків: {count}</translation>
    </message>
    <message>
        <source>Mute ring</source>
        <translation>Вимкнути сигнал</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>Сигнал вимкнено</translation>
    </message>
    <message>
        <source>No connection, trying again</source>
        <translation>Немає зв'язку, нова спроба</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Немає зв'язку</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Вийти</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Під'єднатися</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Налаштування…</translation>
    </message>
    <message>
        <source>Show panel</source>
        <translation>Показати панель</translation>
    </message>
</context>
<context>
    <name>Unconfigured</name>
    <message>
        <source>Nothing says which kind of PBX to connect to.</source>
        <translation>Не вказано вид АТС.</translation>
    </message>
    <message>
        <source>The password is missing.</source>
        <translation>Немає пароля.</translation>
    </message>
</context>
<context>
    <name>Users</name>
    <message>
        <source>A user is not saved yet. Save or discard what you typed.</source>
        <translation>Користувача не збережено. Збережіть або скасуйте введене.</translation>
    </message>
    <message>
        <source>Add user</source>
        <translation>Додати</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>Адмін</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Очистити</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>Скопіювати номер</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Докладніше</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Скасувати</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Edit user {number}</source>
        <translation>Змінити користувача {number}</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Enter a number.</source>
        <translation>Введіть номер.</translation>
    </message>
    <message>
        <source>Enter a password.</source>
        <translation>Введіть пароль.</translation>
    </message>
    <message>
        <source>It may have been done all the same: look at the list. What you typed stays.</source>
        <translation>Можливо, це все ж зроблено: подивіться у список. Введене залишилося.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Залишити</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Ім’я</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Новий пароль</translation>
    </message>
    <message>
        <source>New password for {number}</source>
        <translation>Новий пароль для {number}</translation>
    </message>
    <message>
        <source>No connection to the PBX</source>
        <translation>Немає зв’язку з АТС</translation>
    </message>
    <message>
        <source>No users</source>
        <translation>Користувачів немає</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>Нікого не знайдено</translation>
    </message>
    <message>
        <source>Nothing was changed. What you typed stays.</source>
        <translation>Нічого не змінено. Введене залишилося.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Number or name</source>
        <translation>Номер або ім’я</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Ні</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>У мережі</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Read the list again</source>
        <translation>Оновити список</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Видалити</translation>
    </message>
    <message>
        <source>Remove this user? {whom}</source>
        <translation>Видалити користувача? {whom}</translation>
    </message>
    <message>
        <source>Remove user {number}</source>
        <translation>Видалити користувача {number}</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Зберегти</translation>
    </message>
    <message>
        <source>Somebody has removed this user.</source>
        <translation>Хтось видалив цього користувача.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Стан</translation>
    </message>
    <message>
        <source>The list could not be read</source>
        <translation>Список не вдалося прочитати</translation>
    </message>
    <message>
        <source>The list is the last one that is known. What you typed stays.</source>
        <translation>Показано останній відомий список. Введене залишилося.</translation>
    </message>
    <message>
        <source>The number has been changed, nothing else. What you typed stays.</source>
        <translation>Змінено лише номер. Решта введеного залишилася.</translation>
    </message>
    <message>
        <source>The number may contain digits only.</source>
        <translation>Номер може складатися лише з цифр.</translation>
    </message>
    <message>
        <source>The password is the number: anybody can guess it.</source>
        <translation>Пароль збігається з номером: його легко вгадати.</translation>
    </message>
    <message>
        <source>The user's programs and calls are cut off at once. This cannot be undone.</source>
        <translation>Програми й дзвінки користувача перервуться одразу. Скасувати це не можна.</translation>
    </message>
    <message>
        <source>There is no such user any more.</source>
        <translation>Такого користувача більше немає.</translation>
    </message>
    <message>
        <source>This was typed for another connection.</source>
        <translation>Це введено для іншого підключення.</translation>
    </message>
    <message>
        <source>Try a part of the number.</source>
        <translation>Спробуйте частину номера.</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Оператор</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Користувачі</translation>
    </message>
    <message>
        <source>Users: {all} · online: {online}</source>
        <translation>Усього: {all} · у мережі: {online}</translation>
    </message>
    <message>
        <source>Wait…</source>
        <translation>Зачекайте…</translation>
    </message>
    <message>
        <source>Webitel users</source>
        <translation>Користувачі Webitel</translation>
    </message>
    <message>
        <source>What you typed cannot be saved here. Copy what you need and discard it.</source>
        <translation>Введене тут не зберегти. Скопіюйте потрібне й скасуйте.</translation>
    </message>
    <message>
        <source>Without a password of its own the number is the password: anybody can guess it.</source>
        <translation>Без пароля паролем стане номер: його легко вгадати.</translation>
    </message>
    <message>
        <source>You cannot change your own number.</source>
        <translation>Свій номер змінити не можна.</translation>
    </message>
    <message>
        <source>You cannot change your own role.</source>
        <translation>Свою роль змінити не можна.</translation>
    </message>
    <message>
        <source>You cannot remove your own account.</source>
        <translation>Себе видалити не можна.</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>Ваша роль цього не дозволяє.</translation>
    </message>
</context>
<context>
    <name>WebPhone</name>
    <message>
        <source>The PBX has not answered in time. Look at the call and try again.</source>
        <translation>АТС не відповіла вчасно. Подивіться на дзвінок і спробуйте ще раз.</translation>
    </message>
    <message>
        <source>The PBX has refused. Try again or ask your administrator.</source>
        <translation>АТС відмовила. Спробуйте ще раз або запитайте адміністратора.</translation>
    </message>
    <message>
        <source>The call has already ended.</source>
        <translation>Дзвінок уже завершено.</translation>
    </message>
    <message>
        <source>The certificate of the web phone's server cannot be trusted, so nothing was sent. Ask your administrator for the right address or certificate file.</source>
        <translation>Сертифікату сервера веб-телефону не можна довіряти, тому нічого не надіслано. Запитайте в адміністратора правильну адресу або файл сертифіката.</translation>
    </message>
    <message>
        <source>The two phones found no common way to send sound. Ask your administrator.</source>
        <translation>Два телефони не мають спільного способу передавати звук. Запитайте адміністратора.</translation>
    </message>
    <message>
        <source>The web phone has failed because of a defect in this program. Connect again.</source>
        <translation>Веб-телефон відмовив через помилку в цій програмі. Підключіться знову.</translation>
    </message>
    <message>
        <source>The web phone has lost its connection. It is trying to get it back.</source>
        <translation>Веб-телефон втратив зв’язок і відновлює його.</translation>
    </message>
    <message>
        <source>The web phone has no secure connection. Check whether its port uses TLS.</source>
        <translation>Веб-телефон не має захищеного з’єднання. Перевірте, чи працює його порт із TLS.</translation>
    </message>
    <message>
        <source>The web phone is not connected. Wait until it is back.</source>
        <translation>Веб-телефон не підключено. Зачекайте, доки зв’язок повернеться.</translation>
    </message>
    <message>
        <source>The web phone is not installed: ctidesk[webphone] is missing. Calls go to your desk phone.</source>
        <translation>Веб-телефон не встановлено: немає ctidesk[webphone]. Дзвінки йдуть на настільний телефон.</translation>
    </message>
    <message>
        <source>The web phone is not permitted for this account. Ask your administrator.</source>
        <translation>Цьому обліковому запису веб-телефон не дозволено. Запитайте адміністратора.</translation>
    </message>
    <message>
        <source>The web phone was opened elsewhere. Connect again to take it back.</source>
        <translation>Веб-телефон відкрито в іншому місці. Підключіться знову, щоб повернути його.</translation>
    </message>
    <message>
        <source>The web phone's address is missing or wrong. Correct it in the settings.</source>
        <translation>Адресу веб-телефону не вказано або вона хибна. Виправте її в налаштуваннях.</translation>
    </message>
    <message>
        <source>The web phone's server cannot be reached. The next attempt follows by itself.</source>
        <translation>Сервер веб-телефону недоступний. Наступна спроба буде сама.</translation>
    </message>
    <message>
        <source>The web phone's server does not let this computer in. Ask your administrator.</source>
        <translation>Сервер веб-телефону не пускає цей комп’ютер. Запитайте адміністратора.</translation>
    </message>
    <message>
        <source>The web phone's server refuses the number or the password.</source>
        <translation>Сервер веб-телефону не приймає номер або пароль.</translation>
    </message>
    <message>
        <source>There is no headset: nobody hears anybody. Plug one in; the call goes on.</source>
        <translation>Немає гарнітури: ви не чуєте одне одного. Підключіть її, дзвінок триває.</translation>
    </message>
    <message>
        <source>There is no microphone to use: you are not heard. Plug one in, or allow it; the call goes on.</source>
        <translation>Немає доступного мікрофона: вас не чути. Підключіть його або дозвольте доступ, дзвінок триває.</translation>
    </message>
    <message>
        <source>There is no microphone. Plug one in, or allow calls without one.</source>
        <translation>Немає мікрофона. Підключіть його або дозвольте дзвінки без мікрофона.</translation>
    </message>
    <message>
        <source>There is no number. Enter one.</source>
        <translation>Немає номера. Введіть його.</translation>
    </message>
    <message>
        <source>There is no speaker: you hear nobody. Plug one in; the call goes on.</source>
        <translation>Немає динаміка: ви нікого не чуєте. Підключіть його, дзвінок триває.</translation>
    </message>
    <message>
        <source>There was no connection for the sound, so the call was ended. Check the network.</source>
        <translation>Не вдалося з’єднати звук, тому дзвінок завершено. Перевірте мережу.</translation>
    </message>
    <message>
        <source>This call cannot be transferred: there is no other party yet.</source>
        <translation>Цей дзвінок не можна перевести: співрозмовника ще немає.</translation>
    </message>
    <message>
        <source>This is not possible in this state of the call.</source>
        <translation>У цьому стані дзвінка це неможливо.</translation>
    </message>
    <message>
        <source>This port does not speak Verto. Check the web phone's address.</source>
        <translation>Цей порт не розмовляє Verto. Перевірте адресу веб-телефону.</translation>
    </message>
</context>
<context>
    <name>Webitel</name>
    <message>
        <source>A part of this program failed over an event. Calls go on.</source>
        <translation>Збій у частині програми. Розмови тривають.</translation>
    </message>
    <message>
        <source>A passing network fault; try again.</source>
        <translation>Тимчасовий збій мережі; спробуйте ще раз.</translation>
    </message>
    <message>
        <source>A supervisor or program ended the call.</source>
        <translation>Дзвінок завершив керівник або програма.</translation>
    </message>
    <message>
        <source>A user with this number already exists.</source>
        <translation>Користувач із цим номером уже є.</translation>
    </message>
    <message>
        <source>All lines are busy; try later.</source>
        <translation>Усі лінії зайняті; спробуйте пізніше.</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Перерва</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Не турбувати</translation>
    </message>
    <message>
        <source>In a call</source>
        <translation>Розмова</translation>
    </message>
    <message>
        <source>In a queue call</source>
        <translation>Дзвінок із черги</translation>
    </message>
    <message>
        <source>No secure connection could be made. Check whether this port uses TLS.</source>
        <translation>Не вдалося створити захищене з'єднання. Перевірте, чи працює цей порт за TLS.</translation>
    </message>
    <message>
        <source>No way to reach this number; check it or ask the administrator.</source>
        <translation>До цього номера немає маршруту; перевірте його або зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>Outgoing calls are not allowed from this number.</source>
        <translation>З цього номера вихідні дзвінки заборонені.</translation>
    </message>
    <message>
        <source>Phone not connected</source>
        <translation>Телефон не під'єднано</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готовий</translation>
    </message>
    <message>
        <source>Redirect</source>
        <translation>Переадресація</translation>
    </message>
    <message>
        <source>Signalling got no answer in time; often a network or NAT problem.</source>
        <translation>Сигналізація не отримала відповіді вчасно; часто це мережа або NAT.</translation>
    </message>
    <message>
        <source>Somebody else answered, or another of your devices did.</source>
        <translation>Відповів хтось інший або інший ваш пристрій.</translation>
    </message>
    <message>
        <source>Something answers here, but it is no Webitel server. Check the address.</source>
        <translation>За цією адресою відповідає не сервер Webitel. Перевірте адресу.</translation>
    </message>
    <message>
        <source>Something in this program failed. Calls go on.</source>
        <translation>Збій у програмі. Розмови тривають.</translation>
    </message>
    <message>
        <source>The PBX cannot be reached. The next attempt follows by itself.</source>
        <translation>АТС недоступна. Наступна спроба буде сама.</translation>
    </message>
    <message>
        <source>The PBX does not accept this account. Check the number and the password.</source>
        <translation>АТС не приймає цей обліковий запис. Перевірте номер і пароль.</translation>
    </message>
    <message>
        <source>The PBX does not take this number.</source>
        <translation>АТС не приймає цей номер.</translation>
    </message>
    <message>
        <source>The PBX has not answered in time.</source>
        <translation>АТС не відповіла вчасно.</translation>
    </message>
    <message>
        <source>The PBX has not answered in time. Look at the call and try again.</source>
        <translation>АТС не відповіла вчасно. Подивіться на дзвінок і спробуйте ще раз.</translation>
    </message>
    <message>
        <source>The PBX has refused. Try again or ask your administrator.</source>
        <translation>АТС відмовила. Спробуйте ще раз або зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The PBX hung up during the login. Try again; then ask your administrator.</source>
        <translation>АТС розірвала з’єднання під час входу. Спробуйте ще раз; потім зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The PBX is being connected already. Wait a moment.</source>
        <translation>Під'єднання до АТС уже триває. Зачекайте трохи.</translation>
    </message>
    <message>
        <source>The PBX is temporarily unavailable. Try again in a moment.</source>
        <translation>АТС тимчасово недоступна. Спробуйте трохи згодом.</translation>
    </message>
    <message>
        <source>The PBX let you in, but did not tell the state of your line. Try again; if it stays so, ask your administrator.</source>
        <translation>АТС впустила вас, але не повідомила стан вашої лінії. Спробуйте ще раз; якщо не допоможе, зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The PBX licence allows no more users now. Ask your administrator.</source>
        <translation>Ліцензія АТС не допускає більше користувачів. Зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The PBX sent a message that cannot be read. Calls go on.</source>
        <translation>АТС надіслала повідомлення, яке не можна прочитати. Розмови тривають.</translation>
    </message>
    <message>
        <source>The PBX was shut down.</source>
        <translation>АТС вимкнено.</translation>
    </message>
    <message>
        <source>The access token is not valid any more. Enter the password and connect again.</source>
        <translation>Ключ доступу більше не діє. Введіть пароль і під'єднайтеся знову.</translation>
    </message>
    <message>
        <source>The call ended normally.</source>
        <translation>Дзвінок завершено звичайним чином.</translation>
    </message>
    <message>
        <source>The call ended without a stated reason.</source>
        <translation>Дзвінок завершено без зазначення причини.</translation>
    </message>
    <message>
        <source>The call has already ended.</source>
        <translation>Дзвінок уже закінчився.</translation>
    </message>
    <message>
        <source>The call was declined.</source>
        <translation>Дзвінок відхилено.</translation>
    </message>
    <message>
        <source>The call was passed on after a consultation.</source>
        <translation>Дзвінок переведено після консультації.</translation>
    </message>
    <message>
        <source>The call was passed on.</source>
        <translation>Дзвінок переведено.</translation>
    </message>
    <message>
        <source>The call was picked up from another extension.</source>
        <translation>Дзвінок перехоплено з іншого номера.</translation>
    </message>
    <message>
        <source>The caller hung up before anyone answered.</source>
        <translation>Абонент поклав слухавку до відповіді.</translation>
    </message>
    <message>
        <source>The connection of the web phone was lost for too long, so the call has ended.</source>
        <translation>Веб-телефон надто довго був без зв’язку, тому дзвінок завершено.</translation>
    </message>
    <message>
        <source>The line is busy.</source>
        <translation>Лінія зайнята.</translation>
    </message>
    <message>
        <source>The login may contain digits only</source>
        <translation>Логін може містити лише цифри</translation>
    </message>
    <message>
        <source>The microphone of this call is not this computer's. Use your phone.</source>
        <translation>Мікрофон цього дзвінка не в цього комп’ютера. Користуйтеся телефоном.</translation>
    </message>
    <message>
        <source>The number is incomplete or mistyped.</source>
        <translation>Номер неповний або набраний з помилкою.</translation>
    </message>
    <message>
        <source>The number is no longer in use.</source>
        <translation>Номер більше не використовується.</translation>
    </message>
    <message>
        <source>The number or the password is wrong. Correct them and connect again.</source>
        <translation>Номер або пароль хибні. Виправте їх і під'єднайтеся знову.</translation>
    </message>
    <message>
        <source>The other party is not connected yet. Wait until it has answered.</source>
        <translation>Другий абонент ще не на зв'язку. Зачекайте на відповідь.</translation>
    </message>
    <message>
        <source>The other side has a line fault.</source>
        <translation>На іншому боці несправна лінія.</translation>
    </message>
    <message>
        <source>The password may not be empty or contain the characters : and @.</source>
        <translation>Пароль не може бути порожнім і містити знаки : та @.</translation>
    </message>
    <message>
        <source>The password may not contain the characters : and @.</source>
        <translation>Пароль не може містити знаки : та @.</translation>
    </message>
    <message>
        <source>The person called cannot be reached now (phone off or out of coverage).</source>
        <translation>Абонент зараз недоступний (телефон вимкнено або він поза мережею).</translation>
    </message>
    <message>
        <source>The phone is not connected to the PBX.</source>
        <translation>Телефон не під'єднано до АТС.</translation>
    </message>
    <message>
        <source>The phone or its network did not react.</source>
        <translation>Телефон або його мережа не відгукнулися.</translation>
    </message>
    <message>
        <source>The phone rang but nobody answered.</source>
        <translation>Телефон дзвонив, але ніхто не відповів.</translation>
    </message>
    <message>
        <source>The server address is missing or wrong. Correct it and connect again.</source>
        <translation>Адресу сервера не вказано або вона хибна. Виправте її та під'єднайтеся знову.</translation>
    </message>
    <message>
        <source>The server does not let this computer in. Ask your administrator.</source>
        <translation>Сервер не пускає цей комп'ютер. Зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The server refuses the connection. Check the address and the port.</source>
        <translation>Сервер відхиляє з'єднання. Перевірте адресу та порт.</translation>
    </message>
    <message>
        <source>The server's certificate cannot be trusted, so nothing was sent. Ask your administrator for the right address or certificate file.</source>
        <translation>Сертифікату сервера не можна довіряти, тому нічого не надіслано. Попросіть в адміністратора правильну адресу або файл сертифіката.</translation>
    </message>
    <message>
        <source>The server's name was not found. Check the address and the network.</source>
        <translation>Ім'я сервера не знайдено. Перевірте адресу та мережу.</translation>
    </message>
    <message>
        <source>The trunk is down.</source>
        <translation>Зовнішня лінія не працює.</translation>
    </message>
    <message>
        <source>The two phones found no common codec.</source>
        <translation>Телефони не мають спільного кодека.</translation>
    </message>
    <message>
        <source>The web phone was opened elsewhere; the call has gone there.</source>
        <translation>Веб-телефон відкрито в іншому місці, дзвінок перейшов туди.</translation>
    </message>
    <message>
        <source>There is a call. End it before you log out.</source>
        <translation>Триває дзвінок. Завершіть його перед виходом.</translation>
    </message>
    <message>
        <source>There is no connection to the PBX. Wait until it is back.</source>
        <translation>Немає зв'язку з АТС. Зачекайте, доки він відновиться.</translation>
    </message>
    <message>
        <source>There is no number. Enter one.</source>
        <translation>Немає номера. Введіть його.</translation>
    </message>
    <message>
        <source>There is no recording of this call.</source>
        <translation>Запису цього дзвінка немає.</translation>
    </message>
    <message>
        <source>There is no such number.</source>
        <translation>Такого номера немає.</translation>
    </message>
    <message>
        <source>There is no such role.</source>
        <translation>Такої ролі немає.</translation>
    </message>
    <message>
        <source>There is no such user any more.</source>
        <translation>Такого користувача більше немає.</translation>
    </message>
    <message>
        <source>There was no connection for the sound. Check the network.</source>
        <translation>Не вдалося з’єднати звук. Перевірте мережу.</translation>
    </message>
    <message>
        <source>This PBX cannot change a number. Add a new user and remove this one.</source>
        <translation>Ця АТС не вміє змінювати номер. Додайте нового користувача й видаліть цього.</translation>
    </message>
    <message>
        <source>This account is connected too many times. Close other programs that use it.</source>
        <translation>Цей обліковий запис під'єднано забагато разів. Закрийте інші програми з ним.</translation>
    </message>
    <message>
        <source>This number is taken by something else in the PBX.</source>
        <translation>Цей номер в АТС уже зайнятий.</translation>
    </message>
    <message>
        <source>This server does not support that.</source>
        <translation>Цей сервер такого не вміє.</translation>
    </message>
    <message>
        <source>Voice mail</source>
        <translation>Голосова пошта</translation>
    </message>
    <message>
        <source>Webitel account parameters are not set. Add an account in the Webitel users section</source>
        <translation>Параметри облікового запису Webitel не задано. Додайте обліковий запис у розділі «Користувачі Webitel»</translation>
    </message>
    <message>
        <source>You cannot change your own number.</source>
        <translation>Свій номер змінити не можна.</translation>
    </message>
    <message>
        <source>You cannot change your own role.</source>
        <translation>Свою роль змінити не можна.</translation>
    </message>
    <message>
        <source>You cannot remove your own account.</source>
        <translation>Свій обліковий запис видалити не можна.</translation>
    </message>
    <message>
        <source>Your phone cannot be answered from here. Pick it up by hand.</source>
        <translation>На ваш телефон не можна відповісти звідси. Зніміть слухавку.</translation>
    </message>
    <message>
        <source>Your phone is not registered at the PBX. Switch it on, check its cable and its login, or ask your administrator.</source>
        <translation>Ваш телефон не зареєстровано на АТС. Увімкніть його, перевірте кабель і логін або зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>Your phone is not registered. Check the phone.</source>
        <translation>Ваш телефон не зареєстровано. Перевірте телефон.</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>Ваша роль цього не дозволяє.</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>A demo PBX inside ctidesk rings, queues and transfers like a real one</source>
        <translation>Демо-АТС усередині ctidesk дзвонить, ставить у чергу й переадресовує дзвінки як справжня</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Connection string, domain, number and password</source>
        <translation>Рядок під’єднання, домен, номер і пароль</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продовжити</translation>
    </message>
    <message>
        <source>Finish anyway</source>
        <translation>Усе одно завершити</translation>
    </message>
    <message>
        <source>Got a settings file from your administrator?</source>
        <translation>Адміністратор дав вам файл налаштувань?</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Мова</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Відкрити файл…</translation>
    </message>
    <message>
        <source>Save what is typed, although the connection does not work yet</source>
        <translation>Зберегти введене, хоча під’єднання ще не працює</translation>
    </message>
    <message>
        <source>Server address, login and password</source>
        <translation>Адреса сервера, логін і пароль</translation>
    </message>
    <message>
        <source>Set up later</source>
        <translation>Налаштувати пізніше</translation>
    </message>
    <message>
        <source>Settings (*.toml)</source>
        <translation>Налаштування (*.toml)</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>Файл налаштувань</translation>
    </message>
    <message>
        <source>Test and finish</source>
        <translation>Перевірити й завершити</translation>
    </message>
    <message>
        <source>The test is running</source>
        <translation>Триває перевірка</translation>
    </message>
    <message>
        <source>Try it without a PBX</source>
        <translation>Спробувати без АТС</translation>
    </message>
    <message>
        <source>Welcome to ctidesk</source>
        <translation>Ласкаво просимо до ctidesk</translation>
    </message>
    <message>
        <source>Which PBX do you work with?</source>
        <translation>З якою АТС ви працюєте?</translation>
    </message>
    <message>
        <source>Your calls, colleagues and queue beside your CRM.</source>
        <translation>Ваші дзвінки, колеги й черга поруч із CRM.</translation>
    </message>
    <message>
        <source>ctidesk ends. The next start asks again.</source>
        <translation>ctidesk завершиться. Під час наступного запуску він запитає знову.</translation>
    </message>
</context>
<context>
    <name>WrapUp</name>
    <message>
        <source>15 seconds</source>
        <translation>15 секунд</translation>
    </message>
    <message>
        <source>30 seconds</source>
        <translation>30 секунд</translation>
    </message>
    <message>
        <source>A minute</source>
        <translation>Хвилина</translation>
    </message>
    <message>
        <source>After a call</source>
        <translation>Після дзвінка</translation>
    </message>
    <message>
        <source>Ask what the call came to, with a note</source>
        <translation>Питати про підсумок дзвінка й нотатку</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Five minutes</source>
        <translation>П’ять хвилин</translation>
    </message>
    <message>
        <source>Get no calls from queues meanwhile</source>
        <translation>Не отримувати в цей час дзвінки з черг</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>Ще час</translation>
    </message>
    <message>
        <source>One on each line</source>
        <translation>По одному в рядку</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готовий</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Підсумки</translation>
    </message>
    <message>
        <source>The PBX is told, if it can be, that you are at work, and then that you are ready.</source>
        <translation>АТС дізнається, якщо це можливо, що ви зайняті, а потім — що готові.</translation>
    </message>
    <message>
        <source>The form stands in the panel. It goes away for the next call.</source>
        <translation>Форма стоїть у панелі. Наступному дзвінку вона поступається місцем.</translation>
    </message>
    <message>
        <source>Time for it</source>
        <translation>Час на це</translation>
    </message>
    <message>
        <source>Two minutes</source>
        <translation>Дві хвилини</translation>
    </message>
    <message>
        <source>Until I close it</source>
        <translation>Поки я не закрию</translation>
    </message>
    <message>
        <source>What did the call come to?</source>
        <translation>Чим закінчився дзвінок?</translation>
    </message>
    <message>
        <source>ready in {time}</source>
        <translation>готовий за {time}</translation>
    </message>
    <message>
        <source>talked {time}</source>
        <translation>розмова {time}</translation>
    </message>
    <message>
        <source>{number} seconds</source>
        <translation>Секунд: {number}</translation>
    </message>
</context>
</TS>
