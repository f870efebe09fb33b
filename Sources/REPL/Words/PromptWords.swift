package import Rules

/// All words that only the prompt has, in the order of the reference.
package let promptWords: [HostWord] =
    helpWords + personWords + questionWords + campaignWords + changeWords + scriptWords

/// What can be asked of the prompt's objects with a colon, in the order of the reference.
package let objectMethods: [HostWord] =
    queryMethods + groupMethods + resultMethods + peopleMethods + runMethods + decisionMethods
    + explanationMethods + comparisonMethods
