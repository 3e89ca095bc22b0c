import HTTPTypes
import Hummingbird
import Notation

/// What programs speak with: the endpoints, their description for programs, and for people.
enum APIRoutes {
  static func add(to table: inout RouteTable) {
    APICycles.add(to: &table)
    APISheets.add(to: &table)
    APIMarks.add(to: &table)
    APISubmission.add(to: &table)
    APIEvidence.add(to: &table)
    APIResults.add(to: &table)
    APIPolicies.add(to: &table)
    table.on(.openAPI) { visit in visit.json(.raw(OpenAPIDocument(words: visit.askedWords).text)) }
    table.on(.apiPage) { visit in
      let page = APIPage(words: visit.askedWords)
      return visit.page("api/page", page, visit.frame(visit.askedWords.text("api.title")))
    }
  }
}

extension Visit {
  /// The words of the language the address asks for, else of the reader's.
  var askedWords: Catalogue { query("language").map { site.words($0) } ?? words }
}
