"""The words of the fictional world: names by culture, companies, trades. All of it is invented or generic."""


def words(text: str) -> tuple[str, ...]:
    """What white space separates."""
    return tuple(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """What commas separate; line ends are spaces."""
    return tuple(part.strip() for part in " ".join(text.split()).split(","))


FIRST_NAMES = {
    "en": words("""
    Ada Amber Beatrice Bryn Caleb Clara Colin Daisy Declan Della Edmund Elsie Ewan Fern Fiona Gavin Grace Gwen
    Hamish Hazel Holly Imogen Ivor Jasper Joan Keir Kit Leah Lionel Mabel Maeve Marcus Nell Nolan Olive Oscar
    Perry Philippa Quentin Rhona Robin Rory Rowan Ruth Selwyn Sidney Tabitha Theo Una Vernon Wesley Winifred
    """),
    "in": words("""
    Aarav Aditi Anjali Arjun Deepa Devika Farhan Gauri Harish Ishaan Kavya Kiran Lakshmi Meera Nikhil Padma
    Pooja Rahul Rohini Sanjay Shreya Sunil Tara Uma Varun Vikram
    """),
    "es": words("""
    Adrián Alba Alonso Beatriz Camila Carmen Diego Elena Esteban Gonzalo Inés Javier Joaquín Lucía Lorena
    Marisol Mateo Nuria Pablo Rocío Sofía Tomás Ximena
    """),
    "de": words("""
    Anke Bastian Birgit Cornelia Dieter Elke Frieda Gereon Hannelore Heike Ingo Jens Jörg Jürgen Katrin Lukas
    Maren Norbert Ottilie Rüdiger Silke Torsten Ulrike Volker Wiebke
    """),
    "fr": words("""
    Agathe Amélie Bastien Capucine Cédric Delphine Éloïse Fabrice Gaëlle Hélène Jérôme Léon Margaux Maxence
    Noémie Océane Quitterie Rémi Solène Thibault Yves Zoé
    """),
    "pt": words("""
    Afonso Beatriz Caetano Débora Eduarda Fábio Gustavo Helena Inês João Leonor Luísa Margarida Nuno Otávio
    Raquel Simão Tiago Vânia
    """),
    "it": words("""
    Alessia Beppe Chiara Dario Elettra Fabrizio Ginevra Ilaria Lapo Marta Niccolò Ornella Pietro Raffaella
    Tullio Viola
    """),
    "nordic": words("""
    Åse Astrid Bjørn Eero Elina Gunnar Håkon Ingrid Jari Liv Mads Oddny Pekka Runa Signe Søren Tove Ylva
    """),
    "slavic": words("""
    Agnieszka Bogdan Dagmar Daria Hana Ivana Jaroslav Kasia Ludmila Łukasz Milena Ondřej Paweł Radek Tereza
    Wojciech Zdeněk
    """),
    "african": words("""
    Abena Adaeze Amara Chidi Efua Femi Ifeoma Jabu Kwame Lindiwe Nandi Ngozi Olumide Sipho Thandiwe Tunde
    Wanjiru Zola
    """),
    "tr": words("""
    Ayşe Can Çağla Defne Emre Gül Hakan İpek Mert Onur Selin Şule
    """),
    "vi": words("""
    Anh Bình Đức Hương Khoa Lan Minh Ngọc Quỳnh Thảo Tuấn
    """),
    "pinyin": words("""
    Bowen Jiayi Lifen Meiling Qiang Ruoxi Shufen Weijun Xiulan Yifan
    """),
    "zh": words("""
    佳怡 美玲 浩然 雅婷 志强 思远
    """),
    "ja": words("""
    健太 さくら 由美子 拓海 直樹 彩花
    """),
    "ko": words("""
    민준 서연 지훈 하은 수빈
    """),
    "ar": words("""
    ليلى يوسف مريم خالد نور سامي
    """),
    "ru": words("""
    Алёна Борис Вера Глеб Лариса Павел
    """),
    "el": words("""
    Ελένη Γιώργος Κατερίνα Νίκος
    """),
    "he": words("""
    אורי נועה יעל דוד
    """),
}
LAST_NAMES = {
    "en": words("""
    Ashdown Barrowby Birchall Bramley Caddick Calder Carrow Chilcott Cobbold Crake Dunmore Easterby Elphick
    Fairbrass Fenwick Garside Gledhill Haddow Hallam Harker Hartnoll Inchbald Jessop Kearsley Kettle Lambourne
    Larkin Loxley Mallory Merriman Nettleship Oakden Orchard Pennock Pickersgill Quayle Rathbone Ridley Sallow
    Selby Thistlewood Thorne Tilley Underhill Varley Wainscott Whitlock Winterbourne Wragg Yarrow
    """),
    "in": words("""
    Acharya Banerjee Bhatt Chatterjee Desai Iyer Joshi Kapoor Kulkarni Menon Mukherjee Nair Pillai Rao Reddy
    Saxena Shenoy Srinivasan Thakur Venkatesan
    """),
    "es": words("""
    Aguilar Álvarez Benítez Cabrera Carrasco Castaño Domínguez Escobar Fuentes Garrido Ibáñez Lozano Muñoz
    Navarro Ortega Peña Quintana Rivas Salcedo Vidal Zamora
    """),
    "de": words("""
    Ackermann Bäcker Brandt Dreher Eichhorn Feldkamp Grünewald Hartwig Imhof Jäger Kessler Lindner Möller
    Neuhaus Oertel Pohl Reuter Schäfer Strauß Tiedemann Vogelsang Weiß Zöller
    """),
    "fr": words("""
    Aubert Bellanger Carpentier Delacroix Faucheux Garnier Hébert Jourdain Lachapelle Lefèvre Marchand Noël
    Perrault Renard Sauvage Tessier Vasseur
    """),
    "pt": words("""
    Abreu Almada Araújo Brandão Carvalho Conceição Drumond Esteves Falcão Gouveia Lacerda Magalhães Noronha
    Pacheco Queirós Simões Teixeira Vilela
    """),
    "it": words("""
    Amadori Bellini Colombo D'Angelo Esposito Ferrero Galluzzi Lombardi Marchetti Orsini Pellegrini Quaglia
    Rinaldi Tosi
    """),
    "nordic": words("""
    Ahlgren Bergström Dahl Eklund Fjeldstad Grønli Hansson Järvinen Korhonen Lindqvist Mäkelä Nygård Østby Rask
    Sjöberg Vik
    """),
    "slavic": words("""
    Adamczyk Bartoš Cieślak Dvořák Gajewski Havel Jankowski Kowalczyk Lewandowska Majer Nowicka Procházka Sikora
    Tichý Wójcik
    """),
    "african": words("""
    Achebe Adeyemi Asante Balogun Boateng Chukwu Dlamini Eze Kamau Khumalo Mensah Mwangi Ndlovu Okafor Okonkwo
    Osei Sithole
    """),
    "tr": words("""
    Aksoy Bozkurt Çelik Doğan Erdem Güneş Kılıç Şahin Yıldız
    """),
    "vi": words("""
    Bùi Đặng Hồ Lê Ngô Phạm Trần Võ
    """),
    "pinyin": words("""
    Chen Deng Fang Guo Huang Liang Shen Tang Xu Zhao
    """),
    "zh": words("""
    陈 黄 林 沈 唐 赵
    """),
    "ja": words("""
    青木 石田 小川 中島 松本 山口
    """),
    "ko": words("""
    강 김 박 윤 정 최
    """),
    "ar": words("""
    الحداد الخطيب المنصور النجار حمدان قاسم
    """),
    "ru": words("""
    Белов Громов Лебедев Орлов Седов Тихонов
    """),
    "el": words("""
    Αγγελίδης Καλογερά Παππάς Σταύρου
    """),
    "he": words("""
    אלון ברק גולן שדה
    """),
}
SHARES = {  # how often each culture occurs, relative to one another
    "en": 75,
    "in": 14,
    "es": 6,
    "de": 5,
    "fr": 4,
    "pt": 3.5,
    "it": 4,
    "nordic": 2.5,
    "slavic": 2.5,
    "african": 6,
    "tr": 1,
    "vi": 1,
    "pinyin": 4,
    "zh": 0.7,
    "ja": 0.6,
    "ko": 0.5,
    "ar": 0.7,
    "ru": 0.7,
    "el": 0.3,
    "he": 0.3,
}
NOT_LATIN = {"zh", "ja", "ko", "ar", "ru", "el", "he"}

CREDENTIALS = phrases("""
    PhD, MBA, CFA, PMP®, CPA, M.Sc., SPHR, P.Eng., RN
""")
EMOJI = words("""
    🚀 🌱 ✨ 🎯 🌍 ☕
""")
STEMS = words("""
    Ambervale Arkelund Bellowfen Brackenwise Brindlecore Caldomere Cindervane Copperlune Dapplewick Dovetarn
    Elderquay Emberloft Fablecroft Fernhollow Gablestone Glimmerford Harrowmint Hollowpine Inkwellia Ironmeadow
    Juniperra Kestrelyn Kindlemoor Lanternfold Larkspire Marrowbridge Mistralune Nettlebay Nimbrelle Oakumbra
    Orchidane Palebrook Pepperdrift Quillmarsh Quindaro Rookhaven Rustlewood Sableyard Sorrelium Tamarquist
    Thimblewick Umberlane Velmora Vesperdale Wickerly Willowmantle Yonderfield Zephyrine
""")
SECTORS = words("""
    Analytics Foods Freight Health Labs Learning Media Mobility Partners Robotics Studio Systems
""")
FREELANCE = phrases("""
    Self-employed, Freelance, Independent, Confidential, Stealth Startup
""")
ODD_COMPANIES = phrases("""
    +Plus Impact (fictional), @Corner Workshop (fictional), =Equal Parts (fictional), -Minus Design (fictional)
""")
TITLES = phrases("""
    Account Manager, Analyst, Associate Director, Chief of Staff, Content Lead, Customer Success Manager, Data
    Engineer, Data Scientist, Design Director, Engineering Manager, Finance Partner, Founder, Head of
    Operations, Head of People, Head of Product, HR Business Partner, Interaction Designer, Marketing Manager,
    Operations Lead, Partnerships Lead, Platform Engineer, Procurement Manager, Product Manager, Programme
    Manager, Project Manager, Research Lead, Sales Director, Senior Consultant, Senior Software Engineer,
    Service Designer, Software Engineer, Talent Partner, UX Researcher, VP of Engineering
""")
SKILLS = phrases("""
    Data Analysis, Facilitation, Forecasting, Negotiation, Product Management, Project Planning, Public
    Speaking, Python, Research, Roadmapping, SQL, Stakeholder Management, Team Leadership, User Interviews,
    Workshop Design
""")
TOPICS = phrases("""
    the onboarding survey, the pricing page, the spring workshop, the supplier review, the allotment, the half
    marathon, the choir tour, the hiring plan, the board deck, the data migration, the new office, the kitchen
    renovation, the mentoring circle, the audit, the travel budget, the patent draft, the school fair, the
    podcast episode, the reading group, the trade show, the pilot in the depot, the accessibility report, the
    translation, the roadmap, the warehouse study, the grant proposal, the sailing course, the panel talk, the
    rental contract, the usability test, the cycling trip, the guest lecture, the merger rumours, the packaging
    redesign, the volunteer day, the forecast model, the open kitchen, the retirement party, the village
    festival, the night train idea
""")
PLACES = phrases("""
    Aarhus, Bilbao, Bristol, Cork, Dresden, Ghent, Graz, Leeds, Lisbon, Lyon, Malmö, Porto, Riga, Tampere,
    Trieste, Turin, Utrecht, Vilnius
""")
TIMES = phrases("""
    on Monday, on Tuesday morning, on Wednesday, on Thursday at noon, on Friday, next week, the week after next,
    at the end of the month, tomorrow, over the weekend, before the holidays, right after Easter, in early June,
    around the tenth, later today
""")
THINGS = phrases("""
    the second draft, the invoice, a short summary, the photos, the slides, my rough numbers, the interview
    notes, a list of names, the floor plan, a spreadsheet, the contract, the recording, a better title, the old
    figures, your comments, the train tickets, a sketch
""")
ASIDES = phrases("""
    The dog ate my reading glasses, It has rained here for nine days, My daughter started school, I finally
    fixed the bicycle, Our flat is full of boxes, I am learning to bake rye bread, My knee is better, The
    neighbours bought a trumpet, I have been sleeping badly, My brother got married, We planted two apple trees,
    I lost a bet about the election of our works council, The car broke down twice, I read the book you lent me,
    My mother sends her regards, I passed the exam, The twins have chickenpox, I burnt the soup again
""")
